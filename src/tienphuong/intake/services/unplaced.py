"""How many rows of a file live at a place that nobody here knows: said of the file, because they count for its sender until it is told."""

from collections import Counter

from tienphuong.core.sentences import sentence
from tienphuong.intake.facts.places import NO_COMMUNE, NO_PLACE
from tienphuong.intake.models import IntakeFile, IntakeRow

UNPLACED = "places"
"""The kind of the file's warnings about places."""
_WORDS = {
    NO_PLACE: "Trang “{sheet}”: {rows} dòng không nhận ra địa chỉ, tạm tính cho nơi gửi; hãy ghi rõ xã, huyện, tỉnh.",
    NO_COMMUNE: "Trang “{sheet}”: {rows} dòng không nhận ra địa chỉ, chưa rõ xã, phường; hãy ghi rõ xã, huyện, tỉnh.",
}


def note_unplaced(file: IntakeFile) -> None:
    """Settle the file's warnings about places, as its rows stand; the caller saves the file."""
    file.warnings = [*(warning for warning in file.warnings if warning[0] != UNPLACED), *unplaced(file)]


def unplaced(file: IntakeFile) -> list[list[str]]:
    """The file's warnings about places, as its rows stand."""
    rows = IntakeRow.objects.filter(sheet__file=file).exclude(remarked="").select_related("sheet").only("sheet__name", "issues")
    reasons = ((row.sheet.name, {issue[4] for issue in row.issues}) for row in rows.iterator())
    found = Counter((name, words) for name, reasons_of_row in reasons for words in reasons_of_row & _WORDS.keys())
    return [[UNPLACED, name, sentence(_WORDS[words], sheet=name, rows=number)] for (name, words), number in found.items()]
