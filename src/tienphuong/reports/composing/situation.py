"""Part I: cases of the day and cumulative, clusters, and what has changed in figures already reported."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.composing.view import FrozenFigures, lowered, moment_of
from tienphuong.reports.papers import Block, item, marked, para, wording
from tienphuong.reports.terms import Change

_SETTINGS = (
    ("cases_new_community", "tại cộng đồng"),
    ("cases_new_quarantine", "trong khu cách ly"),
    ("cases_new_cordon", "trong khu phong tỏa"),
    ("cases_new_setting_unknown", "chưa rõ nơi phát hiện"),
)
_PRINTED_CORRECTIONS = (
    "cases_total", "cases_new", "cases_recovered", "cases_in_treatment", "deaths", "cases_transferred",
    "f1_total", "f2_total", "samples_total", "samples_positive", "stays_total",
)  # fmt: skip


def cases(view: FrozenFigures) -> list[Block]:
    """I.1: the day, the cumulative figures with their start and their sum, the communes."""
    return [
        para(_day(view)),
        *(para(text) for text in _earlier(view)),
        para(_cumulative(view)),
        *_doubled(view),
        *(para(text) for text in _places(view)),
    ]


def _day(view: FrozenFigures) -> str:
    came = [
        f"{view.n(key)} ca {words}" for key, words in (("cases_recovered_new", "khỏi bệnh"), ("deaths_new", "tử vong")) if view.value(key)
    ]
    also = f" Có {' và '.join(came)} trong ngày." if came else ""
    if not view.value("cases_new"):
        return f"Trong ngày không ghi nhận ca mắc mới.{also}"
    found = ", ".join(f"{view.n(key)} ca {words}" for key, words in _SETTINGS if view.value(key) or key != "cases_new_setting_unknown")
    lines = [line for line in view.communes if line["new"]]
    where = f" tại {len(lines)} {view.units}: {_listed(lines, 'new')}" if lines else ""
    return f"Trong ngày ghi nhận {view.n('cases_new')} ca mắc mới ({found}){where}.{also}"


_MOVED = (("cases", "ca mắc"), ("cases_recovered", "ca khỏi bệnh"), ("deaths", "ca tử vong"))


def _earlier(view: FrozenFigures) -> Iterator[str]:
    """What was learned since the cut-off before about earlier days, and what counts no longer; with the sum that closes the days."""
    phrase = {
        way: wording.listing([f"{view.n(f'{fact}_{way}')} {words}" for fact, words in _MOVED if view.value(f"{fact}_{way}")])
        for way in ("late", "withdrawn")
    }
    parts = ((phrase["late"], "Bổ sung của những ngày trước: "), (phrase["withdrawn"], "Rút khỏi lũy kế: "))
    lines = [f"{words}{listed}." for listed, words in parts if listed]
    if view.value("cases_late_undated"):
        lines.append(f"Trong số ca mắc bổ sung có {view.n('cases_late_undated')} ca chưa rõ ngày.")
    if lines:
        before = view.value("cases_total") - view.value("cases_new") - view.value("cases_late") + view.value("cases_withdrawn")
        taken = f" − {view.n('cases_withdrawn')} ca rút" if view.value("cases_withdrawn") else ""
        closing = f"{view.n('cases_total')} = {wording.number(before)} ca đến giờ chốt trước + {view.n('cases_new')} ca mới"
        yield f"{' '.join(lines)} Lũy kế {closing} + {view.n('cases_late')} ca bổ sung{taken}."


def _cumulative(view: FrozenFigures) -> str:
    where = f" tại {view.n('communes_with_cases')}/{view.n('communes_total')} {view.units}" if view.communes else ""
    keys = {"cases_recovered": "khỏi", "cases_in_treatment": "đang điều trị", "deaths": "tử vong", "cases_transferred": "chuyển nơi khác"}
    phrase = {key: words for key, words in keys.items() if view.value(key) or key != "cases_transferred"}
    parts = "; ".join(f"{words} {view.n(key)} ca" for key, words in phrase.items())
    return f"{view.cumulative}: {view.n('cases_total')} ca{where}; {parts}{_sum(view, phrase)}."


def _doubled(view: FrozenFigures) -> Iterator[Block]:
    """A count that may fall says so on the paper."""
    if view.value("cases_doubled_at_most"):
        yield para(f"Trong đó tối đa {view.n('cases_doubled_at_most')} ca có thể là hồ sơ trùng của cùng một người, đang chờ xác minh.")


def _sum(view: FrozenFigures, parts: Mapping[str, str]) -> str:
    """The closing identity, printed only where it closes; where it does not, the working copy says so."""
    if view.value("cases_total") != sum(view.value(key) for key in parts):
        return ""
    return f" ({view.n('cases_total')} = {' + '.join(view.n(key) for key in parts)})"


def _places(view: FrozenFigures) -> Iterator[str]:
    lines = sorted((line for line in view.communes if line["total"]), key=lambda line: -line["total"])
    if lines:
        text = f"Số ca lũy kế theo địa bàn: {_listed(lines, 'total')}"
        missing = view.content["elsewhere"]
        yield f"{text}; {wording.number(missing)} ca chưa xác định được {view.units} nơi cư trú." if missing else f"{text}."
    if len(lines) > 1:
        most = lines[0]
        share = wording.percent(most["total"] / view.value("cases_total"))
        name = lowered(view.full_name(most))
        yield f"Riêng {name} ghi nhận {_of(most, 'total')} ca, chiếm {share} tổng số ca của {view.area}."
    none = [line["name"] for line in view.communes if not line["total"]]
    if lines and none:
        yield f"Chưa ghi nhận ca mắc: {wording.listing(none)}."


def _listed(lines: list[dict[str, Any]], column: str) -> str:
    """'Liên Ninh (136), Ngọc Hồi (17) và Tân Triều (14)'."""
    return wording.listing([f"{line['name']} ({_of(line, column)})" for line in sorted(lines, key=lambda line: -line[column])])


def _of(line: Mapping[str, Any], column: str) -> str:
    """A figure of one commune."""
    return marked(wording.number(line[column]), figure=f"cases_{column}/{line['path']}")


def clusters(view: FrozenFigures) -> list[Block]:
    """I.2: each cluster with its cases; nothing is judged here, that is the officer's part."""
    return [
        item(f"{line['name']}: {wording.number(line['total'])} ca, trong ngày thêm {wording.number(line['new'])} ca.")
        for line in view.content["clusters"]
    ]


def corrections(view: FrozenFigures, *, stored: list[dict[str, Any]]) -> list[Block]:
    """What earlier reports said and is known otherwise now, report by report."""
    blocks: list[Block] = []
    for about in dict.fromkeys(correction["about"] for correction in stored):
        of_report = [c for key in _PRINTED_CORRECTIONS for c in stored if c["about"] == about and c["key"] == key]
        if of_report:
            blocks.append(para(f"So với báo cáo chốt số liệu {wording.hour_and_day(moment_of(about))}:"))
            blocks += [item(_corrected(correction, view)) for correction in of_report]
    return blocks


def _corrected(correction: dict[str, Any], view: FrozenFigures) -> str:
    reported, known = correction["reported"], correction["known"]
    move = f"{'tăng' if known > reported else 'giảm'} {wording.number(abs(known - reported))}"
    why, now = Change(correction["change"]).label, marked(wording.number(known), figure=correction["key"])
    return f"{BY_KEY[correction['key']].label}: đã báo cáo {wording.number(reported)}, nay là {now} ({why}, {move}{_whence(correction, view)})."


def _whence(correction: dict[str, Any], view: FrozenFigures) -> str:
    """Which communes the added and the dropped records are of."""
    phrase = ""
    for counted, words in ((True, "thêm"), (False, "bớt")):
        tally = Counter(_commune(record["area_path"], view) for record in correction["records"] if record["counted_now"] is counted)
        if tally:
            phrase += f"; {words} {wording.listing([f'{name} ({number})' for name, number in tally.items()])}"
    return phrase


def _commune(path: str, view: FrozenFigures) -> str:
    return next((line["name"] for line in view.content["communes"] if path.startswith(line["path"])), "chưa rõ xã")
