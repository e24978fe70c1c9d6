"""What became of a patient, of a stay in quarantine, of a day's check."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from tienphuong.lists.words.grammar import ParsedCell, Statement, Table, asked, doubts, or_asked, parse_cell, settle, values_of
from tienphuong.lists.words.lexicon import COMMON, lexicon
from tienphuong.lists.words.reading import ASK, NONE, CellContext, Reading

_OUTCOME: Final = lexicon(
    """
Q: questionmark
V in_treatment: điều trị | đt | điều trị tiếp | nằm viện | nhập viện | vào viện | thở máy | thở oxy | nặng | nguy kịch | chuyển nặng | chuyển biến tốt | diễn biến nặng | tiến triển tốt | tiến triển nặng | thở máy xâm nhập | thở hfnc | ecmo | lọc máu | hồi sức | hồi sức tích cực | sức khỏe ổn định | ổn định | icu | in treatment | under treatment | hospitalized | hospitalised | receiving treatment | treatment | critical | in hospital | clinically stable | stable | en tratamiento | em tratamento | internado | internado em | hospitalisé | hospitalizado | no outcome | active | traitement | pas encore connu | tiếp tục điều trị | cách ly điều trị | theo dõi | cách ly tại nhà | diễn biến tốt | sức khỏe tốt | aún no hay resultados | oxy | admitted | internado | dirawat | in behandlung
V recovered: khỏi | ra viện | xuất viện | xv | sorti | alta médica | hoàn thành điều trị | recovered | recover | discharged | discharge | discharged alive | cured | guéri | recuperado | curado | cura | alta | alta em | curado em | recuperado em | sortie | bình phục | cho về nhà | resolved | genesen | sembuh | guarito
V died: tử vong | đã mất | chết | qua đời | hy sinh | hi sinh | quy tiên | từ trần | tạ thế | thiệt mạng | đột tử | không qua khỏi | ko qua khỏi | k qua khỏi | passed away | did not survive | perished | died | dead | deceased | death | fatal | décédé | décès | fallecido | faleceu | morreu | óbito em | faleceu em | morreu em | murió | óbito | tv | muerto | mort | verstorben | gestorben | meninggal | meninggal dunia | deceduto
V gone: mất
ASK: vào lại | vào viện lại | nhập viện lại | tái nhập viện | trở lại viện | quay lại viện | readmitted | reingreso | réadmis | mất liên lạc | mất tích | mất dấu | mất theo dõi | chết lâm sàng | chết não
V transferred: chuyển viện | chuyển tuyến | chuyển tuyến trên | chuyển tầng | chuyển lên tầng | transferred | transfer | transféré | transferência | transferido | trasladado
V negative: âm tính | negative
V positive: dương tính
V alive: alive | sống | còn sống
V cleared: hoàn thành cách ly | survived
NONE: khác | other
FILL: uti | uci | domiciliar | domicilio | en | sous | f0 | ca | công bố | tuyến trên | rất | hơn | lên | tw | điều trị tại nhà của | máu | tốt | dè dặt | liên tục | sốc nhiễm khuẩn | condition | ct | another | to | hospital
NOTE: chuyển xe | giấy | nhận giấy | tiếp tục cách ly | tự theo dõi | tự theo dõi sức khỏe | tiếp tục theo dõi | về địa phương | về địa phương theo dõi | về nhà | về nhà theo dõi | xe | sốt nhẹ
CAUSE: chuyển bv
""",
    COMMON,
)
_END: Final = ("recovered", "died", "transferred")
_PART_OF: Final = re.compile(r"\d\s*%")
_OUTCOME_TABLE: Final[Table] = {
    **{(word, mode): "in_treatment" for word in (*_END, "in_treatment") for mode in ("YET", "EXPECT")},
    **{(word, "BEHIND"): "in_treatment" for word in ("recovered", "transferred", "in_treatment")},
    **{(word, "DOUBT"): "in_treatment" for word in ("recovered", "transferred")},
    # Who is not recovered is ill still; who is not dead or was not moved may be anything else.
    ("recovered", "NOT"): "in_treatment",
    ("died", "YET"): ASK,
    ("in_treatment", "YET"): ASK,
    ("gone", ""): "died",
    ("negative", ""): "",
    ("positive", ""): "",
    ("negative", "YET"): "in_treatment",
    ("alive", "NOT"): "died",
    ("alive", ""): ASK,
    ("cleared", ""): ASK,
    ("", "EXPECT"): "",
}


def outcome(text: str, *, context: CellContext) -> Reading:
    """What became of the patient, with the day of the end where the cell gives it."""
    cell = parse_cell(text, _OUTCOME, context)
    if question := doubts(cell):
        return question
    if _gone_or_lost(cell, plain=text.isascii()):
        return asked("“mất” là qua đời hay mất thứ khác")
    reading = or_asked(cell, settle(_last_step(cell.statements)))
    if reading.word != "died" and any(item.text == "chuyển bv" for item in cell.items):
        return asked("“chuyển BV”: nhập viện hay chuyển viện")
    if reading.word in _END and _PART_OF.search(text):
        return asked("một phần trăm hay một phần chưa phải là kết cục")
    return Reading(reading.word, _end_day(cell, reading.word, context), reading.reason)


def _gone_or_lost(cell: ParsedCell, *, plain: bool) -> bool:
    """`Mất` is a death where nothing in the cell may be what was lost, and its accents do not leave it to be another word (`mặt`, `mát`)."""
    gone = any(one.value == "gone" and not one.mode for one in cell.statements)
    return gone and (plain or not cell.roles <= {"V", "FILL", "DAY", "NUM", "PLACE", "CAUSE", "UNK"})


def _last_step(statements: Sequence[Statement]) -> list[str]:
    """An end outweighs the treatment before it; treatment written after it leaves the end as it is."""
    words = values_of(statements, _OUTCOME_TABLE)
    ends = [word for word in words if word in _END]
    # "Chưa khỏi bệnh, ra viện 18/8": one end is both denied and told.
    if set(ends) & {one.value for one in statements if one.mode not in ("", "ONGOING")}:
        return [ASK]
    return words if ASK in words or not ends else ends


def _end_day(cell: ParsedCell, word: str, context: CellContext) -> dict[str, object]:
    """The day that stands in the clause of the end; a day to come, or one of several, is left out."""
    if word not in _END:
        return {}
    days = [day for item, day in _with_values(cell) if _OUTCOME_TABLE.get((item, ""), item) == word]
    return {"day": days[0].isoformat()} if len(set(days)) == 1 and days[0] <= context.day else {}


def _with_values(cell: ParsedCell) -> Iterator[tuple[str, date]]:
    value, waiting = "", None
    for item in cell.items:
        if item.text in ("khởi phát", "onset") or item.role == "V":
            value = item.value if item.role == "V" else "onset"
            if waiting:
                yield value, waiting
                waiting = None
        elif item.day:
            if value:
                yield value, item.day
            else:
                waiting = item.day


_STAY: Final = lexicon(
    """
Q: questionmark
V completed: hoàn thành | hết cách ly | hết thời gian cách ly | kết thúc | hết hạn | completed | đã về | về nhà | đã về nhà | đủ | hết thời hạn | terminé | completado | concluído | xong
V transferred: chuyển tuyến | chuyển f0 | chuyển viện | chuyển bv | transferred | chuyển
V left: trốn | bỏ trốn | trốn khỏi | bỏ đi | bỏ về | rời | left | left without leave | escaped
V awaited: awaited | chờ chuyển đến | chưa đến nhận
V staying: cách ly | cl | cltt | in quarantine | vào khu cách ly | vào cách ly | quarantine | staying | quarantined | ở lại
V inside: khu cách ly | vào | tiếp nhận
FILL: tự ý | thực hiện | sang | khác | khu cách ly tập trung | nơi cách ly | tập trung | tại nhà | nơi | khu | thời gian | đi | điều trị | dương tính | without | leave | thứ
NOTE: tiếp tục | tiếp tục theo dõi | theo dõi | kq | kết quả | về nhà theo dõi
V ended: hết
""",
    COMMON,
)
_STATES: Final = ("completed", "transferred", "left")
_STAY_TABLE: Final[Table] = {
    **{(word, mode): "staying" for word in ("completed", "left", "transferred") for mode in ("YET", "EXPECT", "BEHIND")},
    ("left", "EXPECT"): ASK,
    ("ended", ""): ASK,
    ("ended", "YET"): "staying",
    ("ended", "EXPECT"): "staying",
    ("staying", "YET"): "awaited",
    ("staying", "EXPECT"): "awaited",
    ("inside", "YET"): "awaited",
    ("inside", ""): "staying",
    ("inside", "EXPECT"): "awaited",
    ("", "EXPECT"): "",
}


def stay_state(text: str, *, context: CellContext) -> Reading:
    """Where a stay stands."""
    cell = parse_cell(text, _STAY, context)
    if question := doubts(cell):
        return question
    words = values_of(cell.statements, _STAY_TABLE)
    ends = [word for word in words if word in _STATES]
    reading = settle(words if ASK in words or not ends else ends)
    day = {"day": cell.day.isoformat()} if cell.day and cell.day <= context.day and reading.word in _STATES else {}
    return Reading(reading.word, day, reading.reason)


_FORM: Final = lexicon(
    """
Q: questionmark
V central: cltt | khu cách ly | kcltt | tập trung | central | institutional | institutionell | institutionnel | institucional | facility
V home: cách ly tại nhà | tại nhà | cltn | nơi lưu trú | nơi cư trú | tự cách ly | home | hogar | domicilio | domicílio | à domicile | nhà | tại gia | ở quê
V self_monitoring: tự theo dõi | tự theo dõi tại nhà | tự theo dõi sức khỏe | theo dõi sức khỏe | theo dõi sức khỏe tại nhà | self monitoring | self-monitoring | tự theo dõi sức khỏe tại nhà
V health_facility: cơ sở y tế | bệnh viện | tyt | ttyt | trung tâm y tế | hospital | health facility | bv
V border_gate: cửa khẩu | border | border gate
V isolated: cách ly | cl | quarantine | quarantined | isolated | cách ly y tế
V not_quarantined: none
FILL: thu phí
""",
    COMMON,
)
_FORM_TABLE: Final[Table] = {
    ("isolated", ""): "",
    ("isolated", "NOT"): "not_quarantined",
    ("isolated", "YET"): ASK,
    ("isolated", "ONGOING"): "",
}


def stay_form(text: str, *, context: CellContext) -> Reading:
    """The form of quarantine."""
    cell = parse_cell(text, _FORM, context)
    if question := doubts(cell):
        return question
    reading = settle(values_of(cell.statements, _FORM_TABLE))
    bare = reading.word == NONE and any(one.value == "isolated" for one in cell.statements)
    return asked("chưa rõ hình thức cách ly") if bare else reading


def stay(text: str, *, context: CellContext) -> Reading:
    """The state of a stay, or its form where the cell gives a form only."""
    form = stay_form(text, context=context)
    state = stay_state(text, context=context)
    return form if form.value and not re.search(r"đang|đã|hoàn|hết", text.lower()) else state


_FOLLOW: Final = lexicon(
    """
Q: questionmark
V done: x | v | tickmark | kiểm tra | bình thường | bt | ổn | ổn định | khỏe | khỏe mạnh | sức khỏe bình thường | sức khỏe ổn định | có | done | seen not ok | seen | available | cooperative | visto | vista | vu | disponible | cooperativo | ok | realizada | performed | đo 2 lần | completed
PAST: đã
V check: kiểm tra | thực hiện | đo | gọi | gọi điện | gọi điện thoại | theo dõi | liên hệ | khám | thăm | khai báo y tế
V reach: gặp | liên lạc | liên lạc dc | nghe máy | nghe | bắt máy | liên hệ được | gọi được | reachable | reached | available | disponible | ở nhà
V unreachable: vắng | vắng nhà | đi vắng | tắt máy | thuê bao | unavailable | injoignable | unreachable | lost to follow up | sai số điện thoại | no disponible | gọi không nghe | gọi không nghe máy | gọi không nghe điện thoại | gọi không được | liên lạc không được | mất liên lạc | no answer | indisponible
V missed: bỏ sót | bỏ lỡ | quên | quên chưa kiểm tra | missed | not attempted
V due: đến hạn | due | hẹn chiều đo | tới hạn | pending | to do | scheduled
V symptom: sốt | sốt cao | ho | ho khan | ho có đờm | đau họng | khó thở | sổ mũi | đau đầu | mệt | mệt mỏi | triệu chứng | triệu chứng gì | biểu hiện | biểu hiện gì | bất thường | signos | signe | signes | síntomas | symptoms | ngạt mũi | chảy mũi | fever | cough | phát hiện bất thường | phát hiện triệu chứng | nôn | tiêu chảy
FILL: well | c | độ | t | con | nhiệt độ | td | gì | nhẹ | nhiệt | thân nhiệt | điện thoại | đt
""",
    COMMON,
)
_FOLLOW_TABLE: Final[Table] = {
    **{("symptom", mode): "done" for mode in ("", "NOT", "YET", "ONGOING")},
    ("reach", ""): "done",
    ("reach", "NOT"): "unreachable",
    ("reach", "YET"): ASK,
    ("check", ""): "",
    ("check", "PAST"): "done",
    ("check", "EXPECT"): "due",
}
_TEMPERATURE: Final = re.compile(r"(?<![\d/])(3[5-9]|4[0-2])(?:[.,]\d)?(?!\d|[/\-]\d)")


def follow_up(text: str, *, context: CellContext) -> Reading:
    """What became of a day's check."""
    cell = parse_cell(text, _FOLLOW, context)
    measured = _TEMPERATURE.search(text)
    if question := doubts(cell, alone="NUM" if measured else ""):
        return question
    words = values_of(cell.statements, _FOLLOW_TABLE)
    reading = settle(words or (["done"] if measured else []))
    facts: dict[str, object] = {"temperature": float(measured.group().replace(",", "."))} if measured and reading.word == "done" else {}
    return Reading(reading.word, facts, reading.reason)
