"""Symptoms, yes and no, sex, degree and kind of contact."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tienphuong.lists.words.grammar import ParsedCell, Table, asked, doubts, parse_cell, settle, values_of
from tienphuong.lists.words.lexer import Item
from tienphuong.lists.words.lexicon import COMMON, lexicon
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

_SYMPTOMS: Final = lexicon(
    """
Q: questionmark
V fever: sốt | sốt nhẹ | sốt cao | biểu hiện sốt | fever | high fever | febrile | fièvre | fiebre | febre
V cough: ho | ho khan | ho nhẹ | ho có đờm | ho nhiều | cough | dry cough | toux | tos | tos seca | tosse | khởi phát ho
V sore_throat: đau họng | đau rát họng | rát họng | sore throat | mal de gorge | dolor de garganta | dor de garganta
V short_of_breath: khó thở | shortness of breath | dyspnea | dyspnoea | dyspnée | dispneia | disnea | hụt hơi
V pneumonia: viêm phổi | viêm phổi nặng | pneumonia | pneumonie | neumonía
V rash: phát ban | phát ban toàn thân | ban | rash | éruption | nổi ban
V other: đau đầu | mệt mỏi | mệt | mỏi người | chán ăn | mất vị giác | mất khứu giác | khứu giác | sổ mũi | chảy mũi | ngạt mũi | nghẹt mũi | tức ngực | tiêu chảy | nôn | buồn nôn | đau người | đau cơ | đau mỏi | ớn lạnh | ít đờm | đờm | đau bụng | sputum | body aches | running nose | runny nose | sneeze | cold | fatigue | diarrhea | diarrhoea | headache | discomfort | vomiting | nausea | chills | coriza | céphalée | fatiga | myalgia | đau ngực | hắt hơi
V symptom: triệu chứng | triệu chứng gì | triệu chứng nhẹ | triệu chứng nào | triệu chứng lâm sàng | biểu hiện | biểu hiện gì | symptoms | symptom | symptomatic | symptôme | síntomas | sintomas | symptomatique | phát hiện triệu chứng | bất cứ triệu chứng nào | bất thường | gì bất thường | có | yes | true | oui | sí | sim
V well: khỏe | khỏe mạnh | bình thường | sức khỏe bình thường | sức khỏe ổn định | ổn định | asymptomatic | ktc | asymptomatique | asintomático | assintomático | false | well | bt
NOT: không có | không | không bị | không thấy | no | not | chưa | chưa có | chưa ghi nhận | chưa xuất hiện | chưa phát hiện | không ghi nhận | aucun | sin | sem | sans | none | denies | pas de | hết | ko | chưa thấy
NONE: chưa rõ triệu chứng | không rõ triệu chứng
ASK: upon arrival | trước đó | trước đây | lúc nhập viện
FILL: khởi phát | nhẹ | độ | nhiều | toàn thân | hôm | từ | biểu hiện là | triệu chứng là | khan | nặng | hiện | hơi | và
""",
    COMMON.replace("NOTE:", "IDLE:"),
)
_NAMED: Final = ("fever", "cough", "sore_throat", "short_of_breath", "pneumonia", "rash", "other")


def symptoms(text: str, *, context: CellContext) -> Reading:
    """Whether there are symptoms, which, and which are said to be absent."""
    cell = parse_cell(text, _SYMPTOMS, context)
    if "IDLE" in cell.roles:
        cell.left.extend(item.text for item in cell.items if item.role == "IDLE")
    if question := doubts(cell):
        return question
    if _answered_behind(cell):
        return asked("chưa rõ lời đáp nói đến triệu chứng nào")
    return _symptom_reading(cell)


def _answered_behind(cell: ParsedCell) -> bool:
    """`Có triệu chứng: không`, `triệu chứng không rõ`, `không rõ sốt`: denied or not known behind the symptom, or not known before it."""
    roles = [item.role for item in cell.items if item.role not in ("FILL", "DAY")]
    behind = len(roles) > 1 and roles[-1] in ("NOT", "NONE", "YET") and "V" in roles[:-1]
    return behind or ("NONE", "V") in pairwise(roles)


def _symptom_reading(cell: ParsedCell) -> Reading:
    present, absent, unclear = _split(cell)
    facts: dict[str, object] = {name: words for name, words in (("symptoms", _of(present)), ("absent", _of(absent))) if words}
    if unclear or _runs_on(cell):
        return asked("chưa rõ lời phủ định nói đến triệu chứng nào")
    if present:
        return Reading("yes", facts)
    if absent:
        return Reading("no", facts)
    return Reading(NONE) if "NONE" in cell.roles else asked("chưa rõ triệu chứng")


def _of(words: list[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word in _NAMED]


def _split(cell: ParsedCell) -> tuple[list[str], list[str], bool]:
    present: list[str] = []
    absent: list[str] = []
    unclear = False
    denied = -1
    for one in cell.statements:
        # "không ho sốt": one negation for every symptom of its clause.
        denied = one.clause if one.mode == "NOT" else denied
        unclear |= one.mode in ("EXPECT", "DOUBT", "MIXED", "BEHIND", "YET") or (one.value == "well" and one.mode == "NOT")
        away = one.value == "well" or one.mode == "NOT" or denied == one.clause or not one.value
        (absent if away else present).append(one.value)
    return present, absent, unclear


_QUALIFIED: Final = re.compile(r" (?:nhẹ|nhiều|khan|cao|nặng|có đờm|toàn thân)$|^(?:có|dry|high) ")


def _runs_on(cell: ParsedCell) -> bool:
    """`Không sốt, ho`: whether the negation goes on is not clear, unless the later word has something of its own."""
    denied = {one.clause for one in cell.statements if one.mode == "NOT"}
    later = [one for one in cell.statements if one.clause - 1 in denied and not one.mode and one.value in _NAMED]
    return any(not _QUALIFIED.search(one.text) for one in later)


_BOOLEAN: Final = lexicon(
    """
Q: questionmark
V yes: có | đúng | rồi | x | v | tickmark | yes | y | true | oui | sí | si | sim | c | đã | vrai | verdadero | done
V no: không | ko | k | không có | chưa | chưa có | chưa làm | no | n | false | non | não | not yet | hông | no known | none | faux | falso | khong | chưa rồi | never | jamais | sai
NONE: không rõ | chưa rõ | không biết | unknown | unk | n a | na | not applicable | inconnu | desconocido | ignorado | desconhecido | ne sait pas
NOTE: chưa ghi nhận | see notes | twice | once | đái tháo đường | tiểu đường | tăng huyết áp | bệnh nền | tim mạch | ghi nhận | diabetes | hypertension
FILL: ạ | ngày | lần | và
""",
    COMMON.replace("NOTE:", "IDLE:"),
)


def boolean(text: str, *, context: CellContext) -> Reading:
    """Yes or no; a day in such a column says yes."""
    if text.strip() in ("1", "0"):
        return Reading("yes" if text.strip() == "1" else "no")
    cell = parse_cell(text, _BOOLEAN, context)
    if question := doubts(cell, alone="DAY"):
        return question
    words = values_of(cell.statements, {})
    day: dict[str, object] = {"day": cell.day.isoformat()} if cell.day else {}
    reading = settle(words or (["yes"] if cell.day else []))
    silent = reading.word == NONE and "NONE" not in cell.roles
    return asked("không rõ có hay không") if silent else Reading(reading.word, day if reading.word == "yes" else {}, reading.reason)


_SEX: Final = lexicon(
    """
Q: questionmark
V M: nam | m | male | trai | bé trai | masculin | masculino | homme | hombre | homem | man | boy | con trai | đàn ông | h | masc | ông | 男 | 男性 | 남
V F: nữ | f | female | gái | bé gái | féminin | femenino | feminino | femme | mujer | mulher | woman | girl | con gái | phụ nữ | fem | bà | 女 | 女性 | 여
NONE: unknown | không rõ | khác | other
FILL: t | tuổi | gender | giới | giới tính | sex
""",
    COMMON,
)


def sex(text: str, *, context: CellContext) -> Reading:
    """The sex a cell names."""
    if text.strip() in ("1", "2"):
        return asked("mã 1/2 chưa rõ là nam hay nữ")
    cell = parse_cell(text, _SEX, context)
    if question := doubts(cell):
        return question
    reading = settle(values_of(cell.statements, {}))
    return asked("không rõ giới tính") if reading.word == NONE and "NONE" not in cell.roles else reading


_DEGREE: Final = lexicon(
    """
Q: questionmark
V F0: f0 | f 0 | case | ca bệnh
V F1: f1 | f 1 | tiếp xúc gần | txg | close contact | high risk contact | contact cas | tiếp xúc gần f0 | người tiếp xúc gần với ca bệnh | tiếp xúc với f0 | tiếp xúc f0 | tiếp xúc trực tiếp
V F2: f2 | f 2 | tiếp xúc với f1 | tiếp xúc của f1 | tiếp xúc f1 | contact of a contact | contact of contact
V F3: f3 | f 3 | tiếp xúc với f2 | tiếp xúc f2
V F4: f4 | f 4 | tiếp xúc với f3
V F5: f5 | f 5 | tiếp xúc với f4
ASK: low risk contact
FILL: diện | thuộc | chuyển | lên | thành | sang | arrowmark | nâng cấp | hạ | từ
NOTE: vợ | chồng | con | bố | mẹ | cùng nhà | cùng hộ | cùng phòng | cùng công ty | cùng lớp | cùng xe | đồng nghiệp | hàng xóm | âm tính | dương tính | kết quả | lấy mẫu | vùng dịch | về từ vùng dịch | nhập cảnh | người
""",
    COMMON,
)


def degree(text: str, *, context: CellContext) -> Reading:
    """The degree of contact, F0 to F5; a step from one to another ends at the last."""
    cell = parse_cell(text, _DEGREE, context)
    cell.left = _without_codes(cell.left)
    if question := doubts(cell):
        return question
    if any(_counts_from_another(clause) for clause in cell.clauses):
        return asked("diện trong ô là của người khác, chưa rõ diện của người này")
    words = values_of(cell.statements, {})
    stepped = any(item.text in _STEPS for item in cell.items)
    return settle(words[-1:] if stepped and ASK not in words else words)


_KIN: Final = frozenset({"vợ", "chồng", "con", "bố", "mẹ", "cùng nhà", "cùng hộ", "cùng phòng", "cùng công ty", "cùng lớp", "cùng xe", "đồng nghiệp", "hàng xóm"})  # fmt: skip
_OF: Final = frozenset({"của", "of", "de"})


def _counts_from_another(clause: Sequence[Item]) -> bool:
    """`Vợ của F1`, `F1 của F1`: the degree is another's, and this person's is counted from it; `F1 của F0` is one step and says so itself."""
    plain = [item for item in clause if item.role != "FILL" or item.text in _OF]
    bare = [item for item in plain if item.text not in _OF]
    kin = any(before.text in _KIN and after.role == "V" for before, after in pairwise(bare))
    chains = [
        (a.value, c.value) for a, of, c in zip(plain, plain[1:], plain[2:], strict=False) if of.text in _OF and a.role == c.role == "V"
    ]
    return kin or any(own <= other for own, other in chains)


_ALSO_DEGREE: Final = re.compile(r"(?:f\d+)+")


def _without_codes(words: list[str]) -> list[str]:
    """A case number or a flight number says nothing of the degree or the kind."""
    return [word for word in words if _ALSO_DEGREE.fullmatch(word) or not any(char.isdigit() for char in word)]


_STEPS: Final = ("arrowmark", "lên", "chuyển", "chuyển thành", "sang", "nâng cấp", "thành")

_KIND: Final = lexicon(
    """
Q: questionmark
V household: cùng nhà | cùng hộ | vợ | chồng | con | con trai | con gái | gia đình | sống cùng | sống cùng nhà | ở cùng | bố | mẹ | ông | bà | anh trai | chị gái | em | cháu | household | home | same household | ở cùng nhà | người nhà | family | spouse
V workplace: đồng nghiệp | cùng công ty | cùng cơ quan | cùng lớp | bạn cùng lớp | cùng trường | làm việc cùng | làm cùng | làm việc | làm việc cùng ca | làm cùng công ty | cùng xưởng | cùng phân xưởng | cùng ca | cùng phòng | workplace | work | colleague | classmate | school
V transport: cùng xe | cùng chuyến bay | cùng chuyến xe | lái xe | airplane | flight | bus | taxi | cùng tàu | transport
V healthcare: chăm sóc | thăm bệnh | khám bệnh | điều trị cho | hospital | healthcare | health care | clinic
V event: đám cưới | đám tang | đám hiếu | đám hỏi | ăn cỗ | dự tiệc | tiệc | liên hoan | cùng đoàn | lễ | sự kiện | event | party | wedding | funeral | hội nghị | dự đám tang | ăn uống | ăn uống cùng | hội họp | họp
V direct: mua hàng | nói chuyện | gặp | tiếp xúc | tiếp xúc trực tiếp | bạn bè | hàng xóm | họ hàng | direct | face to face | trò chuyện | gặp gỡ | bắt tay
V other: bạn | uống nước | bán hàng | bán hàng cùng chợ | khác | other | otro | autre
FILL: cùng | chở | đẻ | dưới 2m | dưới | contact | physical | du lịch | phòng | khách | may | sitting | up | to | two rows in front or behind
""",
    COMMON,
)


def contact_kind(text: str, *, context: CellContext) -> Reading:
    """How two people met."""
    cell = parse_cell(text, _KIND, context)
    cell.left = _without_codes(cell.left)
    question = doubts(cell)
    return question or settle(values_of(cell.statements, _KIND_TABLE))


def kind_beside(text: str, *, context: CellContext) -> str:
    """The one kind of meeting named in the words of a place; what is denied is none, other words count for nothing."""
    named = {one.value for one in parse_cell(text, _KIND, context).statements if one.value and not one.mode}
    return named.pop() if len(named) == 1 else ""


_KIND_TABLE: Final[Table] = {}
