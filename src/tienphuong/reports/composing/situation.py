"""Part I: cases of the day and cumulative, clusters, and what has changed in figures already reported."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.composing.said import Said, lowered, moment_of
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


def cases(said: Said) -> list[Block]:
    """I.1: the day, the cumulative figures with their start and their sum, the communes."""
    return [
        para(_day(said)),
        *(para(text) for text in _earlier(said)),
        para(_cumulative(said)),
        *_doubled(said),
        *(para(text) for text in _places(said)),
    ]


def _day(said: Said) -> str:
    came = [
        f"{said.n(key)} ca {words}" for key, words in (("cases_recovered_new", "khỏi bệnh"), ("deaths_new", "tử vong")) if said.value(key)
    ]
    also = f" Có {' và '.join(came)} trong ngày." if came else ""
    if not said.value("cases_new"):
        return f"Trong ngày không ghi nhận ca mắc mới.{also}"
    found = ", ".join(f"{said.n(key)} ca {words}" for key, words in _SETTINGS if said.value(key) or key != "cases_new_setting_unknown")
    lines = [line for line in said.communes if line["new"]]
    where = f" tại {len(lines)} {said.units}: {_listed(lines, 'new')}" if lines else ""
    return f"Trong ngày ghi nhận {said.n('cases_new')} ca mắc mới ({found}){where}.{also}"


_MOVED = (("cases", "ca mắc"), ("cases_recovered", "ca khỏi bệnh"), ("deaths", "ca tử vong"))


def _earlier(said: Said) -> Iterator[str]:
    """What was learned since the cut-off before about earlier days, and what counts no longer; with the sum that closes the days."""
    phrase = {
        way: wording.listing([f"{said.n(f'{fact}_{way}')} {words}" for fact, words in _MOVED if said.value(f"{fact}_{way}")])
        for way in ("late", "withdrawn")
    }
    parts = ((phrase["late"], "Bổ sung của những ngày trước: "), (phrase["withdrawn"], "Rút khỏi lũy kế: "))
    lines = [f"{words}{listed}." for listed, words in parts if listed]
    if said.value("cases_late_undated"):
        lines.append(f"Trong số ca mắc bổ sung có {said.n('cases_late_undated')} ca chưa rõ ngày.")
    if lines:
        before = said.value("cases_total") - said.value("cases_new") - said.value("cases_late") + said.value("cases_withdrawn")
        taken = f" − {said.n('cases_withdrawn')} ca rút" if said.value("cases_withdrawn") else ""
        closing = f"{said.n('cases_total')} = {wording.number(before)} ca đến giờ chốt trước + {said.n('cases_new')} ca mới"
        yield f"{' '.join(lines)} Lũy kế {closing} + {said.n('cases_late')} ca bổ sung{taken}."


def _cumulative(said: Said) -> str:
    where = f" tại {said.n('communes_with_cases')}/{said.n('communes_total')} {said.units}" if said.communes else ""
    keys = {"cases_recovered": "khỏi", "cases_in_treatment": "đang điều trị", "deaths": "tử vong", "cases_transferred": "chuyển nơi khác"}
    phrase = {key: words for key, words in keys.items() if said.value(key) or key != "cases_transferred"}
    parts = "; ".join(f"{words} {said.n(key)} ca" for key, words in phrase.items())
    return f"{said.cumulative}: {said.n('cases_total')} ca{where}; {parts}{_sum(said, phrase)}."


def _doubled(said: Said) -> Iterator[Block]:
    """A count that may fall says so on the paper."""
    if said.value("cases_doubled_at_most"):
        yield para(f"Trong đó tối đa {said.n('cases_doubled_at_most')} ca có thể là hồ sơ trùng của cùng một người, đang chờ xác minh.")


def _sum(said: Said, parts: Mapping[str, str]) -> str:
    """The closing identity, printed only where it closes; where it does not, the working copy says so."""
    if said.value("cases_total") != sum(said.value(key) for key in parts):
        return ""
    return f" ({said.n('cases_total')} = {' + '.join(said.n(key) for key in parts)})"


def _places(said: Said) -> Iterator[str]:
    lines = sorted((line for line in said.communes if line["total"]), key=lambda line: -line["total"])
    if lines:
        text = f"Số ca lũy kế theo địa bàn: {_listed(lines, 'total')}"
        missing = said.content["elsewhere"]
        yield f"{text}; {wording.number(missing)} ca chưa xác định được {said.units} nơi cư trú." if missing else f"{text}."
    if len(lines) > 1:
        most = lines[0]
        share = wording.percent(most["total"] / said.value("cases_total"))
        name = lowered(said.full_name(most))
        yield f"Riêng {name} ghi nhận {_of(most, 'total')} ca, chiếm {share} tổng số ca của {said.area}."
    none = [line["name"] for line in said.communes if not line["total"]]
    if lines and none:
        yield f"Chưa ghi nhận ca mắc: {wording.listing(none)}."


def _listed(lines: list[dict[str, Any]], column: str) -> str:
    """'Liên Ninh (136), Ngọc Hồi (17) và Tân Triều (14)'."""
    return wording.listing([f"{line['name']} ({_of(line, column)})" for line in sorted(lines, key=lambda line: -line[column])])


def _of(line: Mapping[str, Any], column: str) -> str:
    """A figure of one commune."""
    return marked(wording.number(line[column]), figure=f"cases_{column}/{line['path']}")


def clusters(said: Said) -> list[Block]:
    """I.2: each cluster with its cases; nothing is judged here, that is the officer's part."""
    return [
        item(f"{line['name']}: {wording.number(line['total'])} ca, trong ngày thêm {wording.number(line['new'])} ca.")
        for line in said.content["clusters"]
    ]


def corrections(said: Said, *, stored: list[dict[str, Any]]) -> list[Block]:
    """What earlier reports said and is known otherwise now, report by report."""
    blocks: list[Block] = []
    for about in dict.fromkeys(correction["about"] for correction in stored):
        of_report = [c for key in _PRINTED_CORRECTIONS for c in stored if c["about"] == about and c["key"] == key]
        if of_report:
            blocks.append(para(f"So với báo cáo chốt số liệu {wording.hour_and_day(moment_of(about))}:"))
            blocks += [item(_corrected(correction, said)) for correction in of_report]
    return blocks


def _corrected(correction: dict[str, Any], said: Said) -> str:
    reported, known = correction["reported"], correction["known"]
    move = f"{'tăng' if known > reported else 'giảm'} {wording.number(abs(known - reported))}"
    why, now = Change(correction["change"]).label, marked(wording.number(known), figure=correction["key"])
    return f"{BY_KEY[correction['key']].label}: đã báo cáo {wording.number(reported)}, nay là {now} ({why}, {move}{_whence(correction, said)})."


def _whence(correction: dict[str, Any], said: Said) -> str:
    """Which communes the added and the dropped records are of."""
    phrase = ""
    for counted, words in ((True, "thêm"), (False, "bớt")):
        tally = Counter(_commune(record["area_path"], said) for record in correction["records"] if record["counted_now"] is counted)
        if tally:
            phrase += f"; {words} {wording.listing([f'{name} ({number})' for name, number in tally.items()])}"
    return phrase


def _commune(path: str, said: Said) -> str:
    return next((line["name"] for line in said.content["communes"] if path.startswith(line["path"])), "chưa rõ xã")
