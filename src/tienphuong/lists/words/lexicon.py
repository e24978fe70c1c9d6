"""A dictionary of one kind of fact: phrases of words, each with the part it plays in a cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tienphuong.core.text.fold import fold, tone_key


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase, the part it plays, and for a value the word it stands for."""

    words: tuple[str, ...]
    role: str
    value: str


Lexicon = Mapping[str, tuple[Entry, ...]]


def lexicon(*texts: str) -> Lexicon:
    """Read lines `ROLE value: phrase | phrase`; the entries of one first word stand longest first, earlier texts first."""
    found: dict[str, list[Entry]] = {}
    for line in "\n".join(texts).splitlines():
        if line.strip():
            _add(found, line)
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.words))) for first, entries in found.items()}


def _add(found: dict[str, list[Entry]], line: str) -> None:
    head, _, phrases = line.partition(":")
    role, _, value = head.strip().partition(" ")
    for phrase in phrases.split("|"):
        words = tuple(tone_key(phrase).split())
        found.setdefault(fold(words[0]), []).append(Entry(words, role, value))


def same_word(word: str, known: str) -> bool:
    """Whether a word of a cell is a word of the dictionary: with its accents, or wholly without accents."""
    return word == known or (word.isascii() and word == fold(known))


# Earlier readings of one spelling win, so the value words of a kind are given before these.
COMMON: Final = """
YET: chưa | chưa được | chưa có | chưa thấy | chưa phải | chưa phải là | chưa đủ điều kiện | chưa đủ tiêu chuẩn | chưa ghi nhận | chưa xuất hiện | not yet | yet to be | pas encore | aún no | todavía no | ainda não | chưa hề | chưa đến
NOT: không | ko | khong | kg | hông | không có | không phải | không phải là | không còn | không bị | không thấy | không được | không ghi nhận | hết | not | no | no longer | non | pas | pas de | pas un | no es | no es un | não | sin | sem | sans | without | never | none | aucun | aucune | denies | not a | isn't | k
EXPECT: dự kiến | ngày mai | sáng mai | chiều mai | tối mai | tuần tới | tuần sau | tháng sau | tomorrow | next week | mañana | demain | amanhã | cần | chờ | đang chờ | đợi | đang đợi | chuẩn bị | nguy cơ | tiên lượng | sắp | sẽ | đề nghị | xin | hẹn | awaiting | waiting for | expected | to be | will be | risk of | at risk of | en attente de | à risque de | aguardando | esperando | pending | về việc | chỉ định | đủ điều kiện | yêu cầu | đang làm thủ tục | soon | planned | probably | likely | gần
DOUBT: nghi | nghi ngờ | nghi vấn | có thể | khả năng | nghi là | có khả năng | suspected | suspect | possible | possibly | maybe | perhaps | theo dõi khả năng | hình như | chắc là | có lẽ | chắc
ASK: bothmarks | đính chính | ghi nhầm | nhầm | nhập nhầm | gõ nhầm | sai | giả | false | hoặc | hay | or | ou | error | mistake | corrected | correction | xem lại | kiểm tra lại | chưa chắc | không chắc | chưa hẳn | chắc chưa | phải không | không biết có | faux | falso | unless | nếu | if | trừ | retracted | rút lại | hủy | huỷ | cancelled | entered in error | not sure | unsure | unclear | unlikely | rule out | r o
NONE: không rõ | chưa rõ | không biết | unknown | unk | n a | na | not applicable | inconnu | desconocido | desconhecido | ignorado | ignoré | không có thông tin | không khai báo | chưa khai thác | not known | no data | missing | unspecified | không ghi
ONGOING: đang | hiện đang | still | currently | ongoing | vẫn | vẫn đang | vẫn còn
FILL: hiện | hiện tại | hiện nay | nay | đã | rồi | được | bị | là | và | and | et | y | e | của | of | cho | thấy | có | với | for | with | the | a | by | de | ngày | hôm | hôm nay | lúc | sáng | chiều | tối | trưa | từ | since | on | vào | vào ngày | at | kể từ | lần | lần thứ | mũi | số | thứ | kết luận | result | category | code | covid | covid-19 | sars-cov-2 | sars cov 2 | sars cov | sarscov2 | virus | vi rút | virut | vi-rút | ncov | bệnh nhân | bn | ca | ca bệnh | trường hợp | case | người bệnh | người này | ạ | liên tiếp | giờ | bệnh | người | báo | nhận | theo | cũng | đều | thì | mà | do cdc | tt | thêm | ngày nay | tính đến | đến | đến nay | vẫn | lại | result of | today | yesterday | bằng | qua | phương pháp | trong | đầu | cuối | tình trạng | status | outcome | le | el | la | o | um | é | es | est | était | was | is | has | been | had | were | patient | ngay | luôn
PLACE: tại | ở | bv | bệnh viện | ttyt | tyt | trạm y tế | trung tâm y tế | cdc | hospital | at hospital | in hospital | khu | khu vực | xã | phường | quận | huyện | tỉnh | tp | lab | viện | hcdc | pasteur | nihe | bvdc | bvđk | đơn vị | trường | hôpital
CAUSE: do | vì | nguyên nhân | due to | because of | because
NOTE: triệu chứng | triệu chứng gì | biểu hiện | biểu hiện gì | lâm sàng | sốt | ho | khó thở | đau họng | mã bn | mã bệnh nhân | mã | mã ca | nguồn lây | rõ nguồn lây | xác định nguồn lây | rõ nguồn | khởi phát | nguồn | giấy | nhận giấy | giấy ra viện | dịch tễ | điều tra | điều tra dịch tễ | xe | xe đưa đi điều trị | cách ly | cách ly tại nhà | hết cách ly | hết thời gian cách ly | theo dõi | theo dõi sức khỏe | tự theo dõi | tự theo dõi sức khỏe | tiếp tục | tiếp tục theo dõi | tiếp tục cách ly | tại nhà | về nhà | cho về nhà | symptoms | asymptomatic | symptomatic | bệnh nền | tiêm | tiêm vắc xin | tiêm chủng | vắc xin | khu cách ly | trong khu cách ly | cộng đồng | trong cộng đồng | phong tỏa | khu phong tỏa | trong khu phong tỏa | nhập cảnh | truy vết | đã báo tyt | đã báo | sức khỏe | sức khỏe ổn định | ổn định | fever | cough | home | at home | tự cách ly | sức khỏe bình thường | bàn giao | thông tin | lịch
"""
