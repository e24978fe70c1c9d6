"""Where a case was found, whether its source is known, by which method a test was made, and how a returnee became known."""

import re
from functools import lru_cache
from typing import Final

from tienphuong.core.text.fold import tone_key
from tienphuong.lists.words.grammar import Table, doubts, parse_cell, settle, values_of
from tienphuong.lists.words.lexicon import COMMON, Lexicon, lexicon
from tienphuong.lists.words.reading import CellContext, Reading

_NAME: Final = re.compile(r"(?<=\s)[^\W\d_a-z]\w*")
_SETTING: Final = lexicon(
    """
Q: questionmark
V on_entry: nhập cảnh | sau nhập cảnh | khi nhập cảnh | cách ly sau nhập cảnh | cách ly ngay sau nhập cảnh | người nhập cảnh | cửa khẩu | on entry | at entry | point of entry | border
V cordon: phong tỏa | khu phong tỏa | khu vực phong tỏa | trong khu phong tỏa | trong khu vực phong tỏa | vùng phong tỏa | cordon | cordoned area | in cordon
V home_quarantine: cách ly tại nhà | cách ly ở nhà | tự cách ly | tự cách ly tại nhà | tại nhà | home quarantine | home isolation | quarantined at home | at home
V quarantine_facility: cách ly | khu cách ly | khu cách ly tập trung | cách ly tập trung | trong khu cách ly | trong khu cách ly tập trung | cltt | kcl | kcltt | khu cltt | quarantine | quarantine facility | quarantine centre | quarantine center | in quarantine | quarantined
V community: cộng đồng | ngoài cộng đồng | trong cộng đồng | community | in the community | ho sốt | ho sốt cộng đồng | tầm soát | tầm soát cộng đồng | sàng lọc | sàng lọc cộng đồng | sàng lọc ho sốt | screening | community screening
V health_facility: bệnh viện | cơ sở y tế | phòng khám | trạm y tế | sàng lọc bệnh viện | sàng lọc tại bệnh viện | health facility | hospital | clinic | health centre | health center
ASK: ngoài | outside | trước | before | hết | hết cách ly | hết thời gian cách ly
FILL: phát hiện | được phát hiện | phát hiện qua | phát hiện tại | detected | found | f0 | f1 | trong | in
""",
    COMMON,
)
_SOURCE: Final = lexicon(
    """
Q: questionmark
V under_investigation: đang điều tra | đang điều tra nguồn lây | đang điều tra dịch tễ | đang xác minh | đang xác minh nguồn lây | đang truy vết | chờ điều tra | under investigation | being investigated | đang tìm nguồn lây
V unknown: chưa rõ | không rõ | chưa rõ nguồn lây | không rõ nguồn lây | chưa rõ nguồn | không rõ nguồn | chưa xác định | chưa xác định nguồn lây | chưa xác định được | chưa xác định được nguồn lây | không xác định | không xác định được | không xác định được nguồn lây | chưa tìm thấy | chưa tìm ra nguồn lây | unknown | unknown source | source unknown | no | mất dấu | không biết
V known: rõ | rõ nguồn lây | rõ nguồn | xác định được nguồn lây | xác định nguồn lây | đã xác định | có nguồn lây | liên quan | có liên quan | tiếp xúc | tiếp xúc gần | tiếp xúc với ca bệnh | known | known source | source known | yes | có
FILL: nguồn lây | nguồn | source | lây | được
""",
    COMMON,
)
_SOURCE_TABLE: Final[Table] = {("known", "NOT"): "unknown", ("known", "YET"): "unknown"}
_METHOD: Final = lexicon(
    """
Q: questionmark
V pcr: pcr | rt pcr | rtpcr | realtime pcr | real time pcr | realtime rt pcr | real time rt pcr | realtime | khuếch đại gen | khuếch đại | sinh học phân tử | naat | molecular | genexpert | xpert
V antigen: test nhanh | test nhanh kháng nguyên | kháng nguyên | kháng nguyên nhanh | xét nghiệm nhanh | xét nghiệm nhanh kháng nguyên | antigen | ag | ns1 | rapid antigen | rapid antigen test | rapid test | rdt | rat | test nhanh ag
V igm: igm | huyết thanh | huyết thanh học | elisa igm | mac elisa | serology | elisa | kháng thể
V isolation: phân lập | phân lập virus | nuôi cấy | culture | viral culture | virus isolation
NOTE: âm tính | dương tính | phát hiện | positive | negative | detected | kết quả | kq
FILL: xét nghiệm | xn | test | làm | bằng phương pháp | kỹ thuật | mẫu gộp | mẫu đơn | gộp | đơn | sars | method
""",
    COMMON,
)
_FOUND: Final = lexicon(
    """
Q: questionmark
V self_declared: tự khai | tự khai báo | khai báo | khai báo y tế | tự đến khai báo | tự giác khai báo | self declared | self | self declaration
V manifest: danh sách chuyến bay | danh sách hành khách | danh sách xe | hành khách | chuyến bay | danh sách | manifest | passenger manifest | passenger list | nhà xe | nhà xe báo
V police_check: công an | công an rà soát | công an khu vực | công an khu vực rà soát | công an xã | công an xã rà soát | công an phường | rà soát | police | police check
V neighbour: hàng xóm | hàng xóm báo | tổ dân phố | tổ dân phố báo | người dân | người dân báo | người dân báo tin | người dân phản ánh | phản ánh | báo tin | tổ covid | tổ covid cộng đồng | tổ covid báo | thôn báo | trưởng thôn báo | neighbour | neighbor | told by neighbours
V other: khác | other
""",
    COMMON,
)


def setting(text: str, *, context: CellContext) -> Reading:
    """Where a case was found; the name of the hospital or of the place of quarantine says nothing more."""
    cell = parse_cell(text, _SETTING, context)
    names = set() if text.isupper() else {tone_key(word) for word in _NAME.findall(text)}
    cell.left = [word for word in cell.left if word not in names]
    return doubts(cell) or settle(values_of(cell.statements, {}))


def source(text: str, *, context: CellContext) -> Reading:
    """Whether the source of infection is known."""
    return _whole(text, _SOURCE, _SOURCE_TABLE, context)


def method(text: str, *, context: CellContext) -> Reading:
    """By which method a test was made."""
    return _whole(text, _METHOD, {}, context)


def found(text: str, *, context: CellContext) -> Reading:
    """How a returnee became known."""
    return _whole(text, _FOUND, {}, context)


@lru_cache(maxsize=8192)
def method_beside(text: str, *, context: CellContext) -> str:
    """The one method named in a heading or beside a result; what is denied or expected is none, other words count for nothing."""
    named = {
        one.value for one in parse_cell(text, _METHOD, context).statements if one.value and one.mode in ("", "ONGOING", "PAST", "MIXED")
    }
    return named.pop() if len(named) == 1 else ""


def _whole(text: str, words: Lexicon, table: Table, context: CellContext) -> Reading:
    cell = parse_cell(text, words, context)
    return doubts(cell) or settle(values_of(cell.statements, table))
