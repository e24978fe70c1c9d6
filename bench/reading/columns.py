"""How the columns of layouts nobody here wrote are understood by their header and eight values: right, asked, silently wrong."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tienphuong.intake.mapping.layout import ColumnGuess
from tienphuong.intake.mapping.survey import SheetPlan, survey
from tienphuong.intake.mapping.terms import TargetField
from tienphuong.intake.reading.reader import read_book

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "headers"
FIELDS = frozenset(target.value for target in TargetField)
KINDS = {
    "cases": {"case_list", "line_list", "sormas_case", "sormas_line_listing"},
    "contacts": {"contact_list", "sormas_contact", "sormas_case_contact"},
    "returnees": {"returnees"},
    "lab_results": {"lab_results"},
    "stays": {"quarantine_register"},
    "follow_ups": {"follow_up"},
    "people": {"household_register"},
    "counts": {"commune_summary", "unknown"},
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One column: its truth, what it was taken for and how that is judged."""

    header: str
    truth: str
    ask: bool
    guess: ColumnGuess
    verdict: str


def as_csv(layout: dict[str, Any]) -> bytes:
    """A layout as the file its system would write."""
    rows = [*layout["header_rows"], *zip(*(column["values"] for column in layout["formats"]), strict=True)]
    text = io.StringIO()
    csv.writer(text, delimiter=layout.get("separator") or ",").writerows(rows)
    return text.getvalue().encode("utf-8")


def plan_of(layout: dict[str, Any]) -> SheetPlan | None:
    """How the intake understands a layout."""
    plans = survey(read_book(as_csv(layout), f"{layout['name']}.csv"))
    return plans[0] if plans else None


def judge(column: dict[str, Any], guess: ColumnGuess, *, has_case_no: bool) -> str:
    """`right`, `asked`, `missed` (a target kept as a note) or `wrong` (a target it is not, taken without a question)."""
    taken, truth = guess.target.value if guess.target else "", column["truth"]
    if guess.decision == "ask":
        return "right" if column.get("ask") else "asked"
    if taken in ("", "note", "ignored", "row_no"):
        wanted = truth in FIELDS - {"note", "ignored", "row_no"}
        return "missed" if wanted and not column.get("ask") else "right"
    return "right" if taken == truth or allowed(taken, truth, has_case_no=has_case_no) else "wrong"


def allowed(taken: str, truth: str, *, has_case_no: bool) -> bool:
    """The exceptions the layouts allow."""
    helps = ("age_group", "city", "country", "region")
    return (
        (truth.startswith("symptom_") and taken == "symptoms")
        or (truth in ("record_id", "person_id") and taken == "case_no" and not has_case_no)
        or (truth in ("record_id", "person_id") and taken == "system_code")
        or (truth == "city" and taken in ("district", "address", "province", "commune"))
        or (truth == "outcome" and taken in ("died", "recovered"))  # whether somebody died, in a column of yes and no
        or (truth == "region" and taken == "province")
        or (truth == "age_group" and taken == "age")
        or (truth.endswith("_code") and truth not in helps and taken in ("province", "district", "commune"))
    )


def readings(layout: dict[str, Any]) -> list[Reading]:
    """Every column of a layout, judged."""
    plan = plan_of(layout)
    guesses = {guess.column: guess for guess in plan.mapping.columns} if plan else {}
    has_case_no = any(column["truth"] == "case_no" for column in layout["formats"])
    found = []
    for number, column in enumerate(layout["formats"]):
        guess = guesses.get(number)
        if guess is not None:
            verdict = judge(column, guess, has_case_no=has_case_no)
            found.append(Reading(column["header"], column["truth"], bool(column.get("ask")), guess, verdict))
    return found


def layouts(names: list[str] | None = None) -> list[dict[str, Any]]:
    """The layouts of the folder, or those named."""
    paths = sorted(FOLDER.glob("*.json"))
    return [json.loads(path.read_text("utf-8")) for path in paths if not names or path.stem in names]
