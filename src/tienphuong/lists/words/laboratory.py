"""Results of tests and classes of cases."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tienphuong.lists.words.grammar import ParsedCell, Statement, Table, asked, doubts, or_asked, parse_cell, settle, values_of
from tienphuong.lists.words.lexer import Item
from tienphuong.lists.words.lexicon import COMMON, lexicon
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading
from tienphuong.lists.words.unconfirmed import UNCONFIRMED, unconfirmed, waits

_TESTS: Final = """
Q: questionmark
V positive: réactif | reactivo | dương tính | dương | positive | pos | plusmark | positif | positive result | positivo | positiva | reactive | dương tính yếu | weak positive | phát hiện | phát hiện thấy | detected | detectable | detectado | detectada | détecté | có phát hiện | detectável | detectavel | reagente | detecta | se detecta | se detectó | detectó | detectaram | detecta-se | détecte
V negative: âm tính | âm | negative | neg | minusmark | négatif | negativo | negativa | nonreactive
FILL: rna | arn | viral | para | du | del | do vírus | vírus | dna | gen | test nhanh | test | kn | kháng nguyên | xét nghiệm nhanh | rt pcr | rtpcr | pcr | realtime | real time | ag | ns1 | igm | sởi | dengue | pxn | antigen | mẫu đơn | rapid | rapid test | bằng chứng | nhanh | kit | prueba | lần đầu | tỵ hầu | dịch tỵ hầu | họng | hầu họng | mũi họng | dịch họng | nước bọt | huyết thanh | yếu | mạnh | giá trị | pcr test | vật liệu di truyền | vật chất di truyền | x2 | x3
"""
_RESULT: Final = lexicon(
    """
V report: kết quả | kq | kqxn | trả | trả lời | về | result | results | resultado | résultat
V sample: mẫu | sample | samples | xét nghiệm | xn | lấy | test lại | lịch lấy mẫu | tested | performed | done | collected | taken | fait | realizado | realizada | prélevé | đồng ý lấy mẫu | làm
V pending: chờ tách gộp | chờ tách mẫu | chờ tách mẫu đơn | chờ giải gộp | chờ kq | đang chờ kq | pending | in process | in progress | en attente | pendiente | pendente | awaiting | processing | sample in process | aguardando resultado | en cours | en proceso | đang chạy | đã gửi | gửi mẫu | đang xử lý | mẫu đã gửi
V inconclusive: inconclusive | inconclusivo | indeterminate | indéterminé | indeterminado | equivocal | invalid | borderline | không xác định được | gray zone | grey zone | vùng xám
V concluded: xác định | concluyente | conclusivo | conclusive | kết luận được | concluant
V pool: mẫu gộp | gộp | pool | pooled
NONE: từ chối | từ chối lấy mẫu | refused | mẫu hỏng | lấy lại | not done | not tested | not performed | sample rejected | vỡ ống
NOTE: khẳng định | mẫu lần | chuyển viện | điều trị | đi điều trị | nhập viện | lấy mẫu lần | lấy mẫu lại | tách mẫu đơn | tách mẫu
NOTE: xác nhận | confirmation | confirmed | unconfirmed | confirm
FILL: cho kết quả | kết quả cho thấy | kết luận | lab test | lần thứ nhất | lần đầu tiên | first | 1st | first test | sơ bộ | preliminary | presumptive
""",
    _TESTS,
    COMMON,
)
_RESULT_TABLE: Final[Table] = {
    ("positive", "NOT"): "negative",
    ("positive", "YET"): ASK,
    ("positive", "DOUBT"): "inconclusive",
    ("report", ""): "",
    ("report", "YET"): "pending",
    ("report", "EXPECT"): "pending",
    ("report", "ONGOING"): "pending",
    ("sample", ""): "",
    ("sample", "NOT"): NONE,
    ("sample", "YET"): NONE,
    ("sample", "ONGOING"): "pending",
    ("sample", "EXPECT"): NONE,
    ("concluded", ""): ASK,
    ("concluded", "NOT"): "inconclusive",
    ("pool", ""): "",
    ("", "DOUBT"): "inconclusive",
    ("", "EXPECT"): "pending",
}


# SNOMED CT, the qualifiers that systems of laboratories send as bare numbers.
_QUALIFIERS: Final = {
    "10828004": "positive", "260373001": "positive", "260385009": "negative", "260415000": "negative",
    "419984006": "inconclusive", "82334004": "inconclusive", "42425007": "inconclusive",
}  # fmt: skip


def result(text: str, *, context: CellContext) -> Reading:
    """What a laboratory answered for one person."""
    if coded := _QUALIFIERS.get(text.strip()):
        return Reading(coded)
    cell = parse_cell(text, _RESULT, context)
    if question := doubts(cell):
        return question
    if cell.blank and "-" in text:
        return asked("dấu “-” là âm tính hay để trống")
    if _awaits_a_later_day(cell):
        return asked("ô nêu kết quả và một lần xét nghiệm ngày khác còn chờ")
    if {("sample", "NOT"), ("positive", "")} <= {(one.value, one.mode) for one in cell.statements}:
        return asked("ô nêu vừa không xét nghiệm vừa dương tính")
    return _pooled(cell, or_asked(cell, settle(_result_words(cell))), context)


def _awaits_a_later_day(cell: ParsedCell) -> bool:
    """`Âm tính 23/8, chờ 24/8`: an answer, and after it something awaited that has a day of its own."""
    answered = [one.clause for one in cell.statements if one.value in ("positive", "negative")]
    awaited = [one.clause for one in cell.statements if one.mode in ("EXPECT", "YET", "ONGOING") or one.value == "pending"]
    later = [clause for clause in awaited if answered and clause > answered[0]]
    return any(item.day for clause in later for item in cell.clauses[clause])


def _result_words(cell: ParsedCell) -> list[str]:
    words = values_of(cell.statements, _RESULT_TABLE)
    answers = [word for word in words if word in ("positive", "negative", "inconclusive", ASK)]
    # "Dương tính, chờ kết quả lần 2": an answer that stands first is not taken back by what is awaited after it.
    first = next((one for one in cell.statements if one.value not in ("report", "sample", "pool") or one.mode), None)
    answered = first is not None and first.value in ("positive", "negative") and first.mode in ("", "NOT")
    return answers if answered else words


def _pooled(cell: ParsedCell, reading: Reading, context: CellContext) -> Reading:
    if reading.word == "positive" and any(one.value == "pool" for one in cell.statements):
        return asked("mẫu gộp dương tính chưa phải kết quả của một người")
    if reading.word == "positive" and unconfirmed(cell):
        return asked(UNCONFIRMED)
    return Reading(reading.word, _facts(cell, context), reading.reason)


def _facts(cell: ParsedCell, context: CellContext) -> dict[str, object]:
    return {"day": cell.day.isoformat()} if cell.day and cell.day <= context.day else {}


_CLASS: Final = lexicon(
    """
V confirmed: xác định | xác định phòng xét nghiệm | khẳng định | confirmed | confirm | confirmé | confirmado | confirmada | laboratory confirmed
V suspected: nghi ngờ | nghi | nghi nhiễm | pui | under investigation | person under investigation | case under investigation | en investigación | em investigação | suspect | suspected | ca giám sát | sospechoso | suspeito | suspecte
V probable: probable | provável | có thể
ASK: lâm sàng
V refuted: loại trừ | loại | ruled out | écarté | écartée | excluded | discarded | descartado | refuted | infirmé
V f0: f0
V re_positive: dương tính lại | tái dương tính | tái dương | tái nhiễm | re positive | repositive
V case: ca bệnh | ca mắc | bệnh nhân | case | cas | caso
V classified: phân loại | classified | classé | clasificado | classificado | yet classified
V quick: test nhanh | lần 1 | lần đầu | lần thứ nhất | lần đầu tiên | first test | 1st test | sơ bộ | preliminary | presumptive | antigen | rapid test | xét nghiệm nhanh | kháng nguyên | kn
V molecular: pcr | rt pcr | rtpcr | realtime pcr
V contact: f1 | f2 | f3 | f4 | f5
V awaited: kết quả | kq | kết quả khẳng định
V confirmed: xác nhận | confirmation
FILL: sau | sau khi | lên | mới | mới phát hiện | chuyển | sang | thành | nâng cấp | arrowmark | trở thành | sxh | sốt xuất huyết | dengue | sởi | đậu mùa khỉ | công bố | bộ y tế | byt | tiêu chuẩn | bị | mắc | un | por laboratorio | por laboratório | por critério laboratorial | biologiquement
NOTE: lấy mẫu | xét nghiệm | sample | sample pending | mẫu | điều trị | khỏi | ra viện | tử vong | died | recovered | nhẹ | nặng | cộng đồng | xâm nhập | nội địa | lây | không loại trừ lây tại bv | khác
""",
    _TESTS,
    COMMON,
)
_ENDS: Final = ("tử vong", "tu vong", "khỏi", "ra viện", "died", "recovered", "đã khỏi", "khỏi bệnh")
_NO_LONGER: Final = ("hết", "không còn", "no longer")
_CLASS_TABLE: Final[Table] = {
    ("confirmed", "NOT"): ASK,
    ("f0", ""): "confirmed",
    ("f0", "NOT"): "refuted",
    ("suspected", "YET"): ASK,
    ("refuted", "YET"): "suspected",
    ("case", ""): "",
    ("case", "NOT"): "refuted",
    ("case", "YET"): ASK,
    ("", "DOUBT"): "probable",
    ("case", "DOUBT"): "suspected",
    ("classified", "NOT"): NONE,
    ("classified", "YET"): NONE,
    ("contact", ""): NONE,
    ("quick", ""): "",
    ("molecular", ""): "",
    ("awaited", ""): "",
}


def classification(text: str, *, context: CellContext) -> Reading:
    """How sure it is that somebody is a case."""
    cell = parse_cell(text, _CLASS, context)
    if question := doubts(cell):
        return question
    if any(_doubts_an_end(clause) for clause in cell.clauses) or _doubts_an_end_before(cell.clauses):
        return asked("lời nghi ngờ nói về kết cục, không nói về phân loại")
    if any(_turned(before, after) for clause in cell.clauses for before, after in pairwise(item for item in clause if item.role != "FILL")):
        return asked("lời đi trước làm đổi nghĩa của phân loại")
    return Reading(*_class_reading(cell, context))


def _doubts_an_end(clause: Sequence[Item]) -> bool:
    """`Nghi tử vong`: what is suspected is the death, not the case."""
    pairs = pairwise(item for item in clause if item.role != "FILL")
    return any(before.value in ("suspected", "probable") and after.text in _ENDS for before, after in pairs)


def _doubts_an_end_before(clauses: Sequence[Sequence[Item]]) -> bool:
    """`Tử vong (nghi)`: the same, said behind."""
    plain = [[item for item in clause if item.role != "FILL"] for clause in clauses]
    return any(
        len(after) == 1 and after[0].value in ("suspected", "probable") and before and before[-1].text in _ENDS
        for before, after in pairwise(plain)
    )


def _turned(before: Item, after: Item) -> bool:
    """`Hết F0` is a case that is over, `nghi F1` a contact, `confirmed negative` and `xác định không mắc` no case: none is a class as it stands."""
    over = before.text in _NO_LONGER and after.value in ("f0", "confirmed", "case")
    contact = before.value in ("suspected", "probable") and after.value == "contact"
    denied = before.value == "confirmed" and (after.value == "negative" or after.role == "NOT")
    return over or contact or denied


def _class_reading(cell: ParsedCell, context: CellContext) -> tuple[str, dict[str, object], str]:
    statements = cell.statements
    named = [
        one
        for one in statements
        if one.value not in ("positive", "negative", "quick", "molecular", "awaited") and (one.value or one.mode == "DOUBT")
    ]
    reading = settle(_class_words(named)) if [one for one in named if one.value != "case" or one.mode] else _tested(statements)
    if _answered_first(cell, named):
        reading = Reading("probable")
    if _waits_as_case(cell, named):
        reading = asked(UNCONFIRMED)
    if reading.word in ("confirmed", "suspected") and _quick_positive(statements, stated=reading.word == "confirmed"):
        reading = Reading("probable")
    return reading.word, _facts(cell, context), reading.reason or _without_class(cell, reading)


def _answered_first(cell: ParsedCell, named: Sequence[Statement]) -> bool:
    """Whether all that the cell says is a positive test which another is to confirm: a probable case, until it does."""
    answers = {(one.value, one.mode) for one in cell.statements if one.value in ("positive", "negative")}
    classed = [one for one in named if one.value not in ("case", "") and not (one.value == "confirmed" and waits(cell.clauses[one.clause]))]
    return answers == {("positive", "")} and not classed and unconfirmed(cell)


def _waits_as_case(cell: ParsedCell, named: Sequence[Statement]) -> bool:
    """`F0, chờ kết quả PCR`: called a case before the test that makes one."""
    called = [one.clause for one in named if one.value in ("f0", "confirmed") and not one.mode]
    only_called = {one.value for one in named} == {"f0"}
    return (only_called and any(waits(clause) for clause in cell.clauses)) or (
        bool(called) and any(waits(clause) for clause in cell.clauses[called[0] + 1 :])
    )


def _without_class(cell: ParsedCell, reading: Reading) -> str:
    """Why a cell without a class is no silence: it says that the class is not known, or names a contact."""
    denied = "NONE" in cell.roles or any(one.value in ("contact", "classified") for one in cell.statements)
    return "ô ghi chưa phân loại, không rõ hoặc là người tiếp xúc" if reading.word == NONE and denied else ""


def _quick_positive(statements: Sequence[Statement], *, stated: bool) -> bool:
    """Whether a quick test is what the class rests on; a class that is stated needs no word of its answer."""
    values = {one.value for one in statements if not one.mode}
    return "quick" in values and (stated or "positive" in values)


def _class_words(named: Sequence[Statement]) -> list[str]:
    words = values_of(named, _CLASS_TABLE)
    # Signs of a step from contact to case: the case counts; a step back is asked.
    if NONE in words and "confirmed" in words:
        return ["confirmed"] if words.index("confirmed") > words.index(NONE) else [ASK]
    return words


def _tested(statements: Sequence[Statement]) -> Reading:
    """A class by a test alone: a quick or a first one makes a probable case, another one a confirmed case."""
    answers = {(one.value, one.mode) for one in statements if one.value in ("positive", "negative")}
    if not answers:
        waits = any(one.mode or one.value == "case" for one in statements)
        return asked("chưa có kết quả để phân loại") if waits else Reading(NONE)
    if answers != {("positive", "")}:
        return asked("kết quả xét nghiệm chưa cho biết phân loại")
    return Reading("probable" if any(one.value == "quick" for one in statements) else "confirmed")
