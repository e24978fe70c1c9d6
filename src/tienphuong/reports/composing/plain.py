"""The situation for a terminal and for other programs: every indicator by key, with what they are true of."""

from collections import Counter
from typing import Any

from tienphuong.core.policy import Pack
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.cutoff import VIETNAM
from tienphuong.reports.figures import CommuneLine, Figures
from tienphuong.reports.papers import wording

_HEADLINES = (
    ("cases_total", "cases_new"),
    ("cases_in_treatment", None),
    ("cases_recovered", "cases_recovered_new"),
    ("deaths", "deaths_new"),
    ("cases_transferred", None),
    ("f1_total", "f1_new"),
    ("f2_total", "f2_new"),
    ("returnees_total", "returnees_new"),
    ("samples_total", "samples_new"),
    ("stays_current", "stays_new"),
)


def figures_json(found: Figures) -> dict[str, Any]:
    """Every indicator by key, cases by commune, and the moment, area, disease and rules they speak of."""
    cutoff = found.cutoff
    return {
        **found.values,
        "cases_by_commune": {name: line.total for name, line in zip(plain_names(found.communes), found.communes, strict=True)},
        "cases_elsewhere": found.elsewhere,
        "epoch": cutoff.epoch.isoformat() if cutoff.epoch else None,
        "at": cutoff.at.astimezone(VIETNAM).isoformat(),
        "known_at": cutoff.known_at.astimezone(VIETNAM).isoformat(),
        "area": found.area.full_name,
        "disease": found.disease,
        "policy": found.policy,
    }


def plain_names(lines: list[CommuneLine]) -> list[str]:
    """The communes' names without the unit word, except where two of them have the same."""
    times = Counter(line.name for line in lines)
    return [line.name if times[line.name] == 1 else line.full_name for line in lines]


def situation_text(found: Figures, *, policy: Pack) -> str:
    """The situation in Vietnamese for a terminal: headline figures, then the communes with cases."""
    cutoff, disease = found.cutoff, policy.disease(found.disease).name
    start = f", lũy kế từ {wording.short_day(cutoff.epoch)}" if cutoff.epoch else ""
    title = f"{disease} – {found.area.full_name}, tính đến {wording.hour_and_day(cutoff.at.astimezone(VIETNAM))}{start}"
    return "\n".join([title, "", *_headlines(found), "", *_communes(found)])


def _headlines(found: Figures) -> list[str]:
    rows = []
    for key, new in _HEADLINES:
        if found.values[key] or key in ("cases_total", "deaths"):
            rows.append(f"  {BY_KEY[key].label:<34}{wording.number(found.values[key]):>8}{_moved(found, new) if new else ''}")
    if doubled := found.values["cases_doubled_at_most"]:
        rows.append(f"  {BY_KEY['cases_doubled_at_most'].label:<34}{wording.number(doubled):>8}")
    return rows


def _moved(found: Figures, new: str) -> str:
    """What is new of the day; beside it, never in it, what came late of days before and what was withdrawn."""
    fact = new.removesuffix("_new")
    changes = ((new, "+", "trong ngày"), (f"{fact}_late", "+", "bổ sung"), (f"{fact}_withdrawn", "−", "rút"))
    undated = found.values.get("cases_late_undated") if new == "cases_new" else 0
    more = f" (chưa rõ ngày: {wording.number(undated)})" if undated else ""
    view = " ".join(f"({sign}{wording.number(found.values[key])} {words})" for key, sign, words in changes if found.values.get(key))
    return f"  {view}{more}" if view else ""


def _communes(found: Figures) -> list[str]:
    lines = sorted((line for line in found.communes if line.total), key=lambda line: (-line.total, line.code))
    if not lines:
        return [f"  Chưa có ca mắc tại {found.values['communes_total']} đơn vị cấp xã."]
    units = f"Có ca mắc: {len(lines)}/{len(found.communes)} đơn vị"
    head = f"  {units:<34}{'lũy kế':>8}{'mới':>8}{'bổ sung':>9}{'khỏi':>8}{'đ.trị':>8}{'mất':>8}"
    rows = [
        f"  {line.full_name:<34}"
        + f"{wording.number(line.total):>8}{wording.number(line.new):>8}{wording.number(line.late):>9}"
        + "".join(f"{wording.number(n):>8}" for n in (line.recovered, line.in_treatment, line.deaths))
        for line in lines
    ]
    rest = [f"  {'Chưa rõ nơi cư trú':<34}{wording.number(found.elsewhere):>8}"] if found.elsewhere else []
    return [head, *rows, *rest]
