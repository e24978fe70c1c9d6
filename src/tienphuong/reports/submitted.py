"""A commune's own figures beside the figures its records give."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tienphuong.core.access.viewer import Viewer
from tienphuong.core.models.records import in_force_at
from tienphuong.core.policy import Pack
from tienphuong.core.refusal import Refusal
from tienphuong.core.sentences import sentence
from tienphuong.registry.models import Area
from tienphuong.reports.catalogue import BY_KEY
from tienphuong.reports.counting.scopes import CountScope
from tienphuong.reports.figures import Figures, figures
from tienphuong.reports.models import Submission


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure on which a commune and its records do not agree."""

    area_path: str
    area_name: str
    key: str
    reported: int
    counted: int

    @property
    def label(self) -> str:
        """The indicator's Vietnamese words, as they stand inside a sentence."""
        words = BY_KEY[self.key].label
        return words if words[:2].isupper() or words[1:2].isdigit() else words[0].lower() + words[1:]

    @property
    def label_en(self) -> str:
        """The indicator's English words."""
        return BY_KEY[self.key].label_en


def unknown_figures(reported: Mapping[str, Any]) -> Refusal | None:
    """Whether something was said that is no figure of the catalogue, or no count."""
    for key, value in reported.items():
        if key not in BY_KEY:
            return Refusal(
                sentence("Không có chỉ số “{key}” (giá trị {value})", key=key, value=value), remedy="Dùng mã chỉ số trong danh mục chỉ số."
            )
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            return Refusal(
                sentence("{figure}: “{value}” không phải số đếm", figure=BY_KEY[key].label, value=value),
                remedy="Ghi số nguyên từ 0 trở lên; chưa có thì bỏ trống.",
            )
    return None


def latest_submissions(viewer: Viewer, *, area: Area, disease: str, found: Figures) -> dict[str, Submission]:
    """The last figures each unit below an area sent for the day, by its path, as known at the cut-off's moment of knowledge."""
    part = CountScope(viewer, area.path, disease, found.cutoff)
    rows = Submission.everything.filter(part.within(), in_force_at(found.cutoff.known_at), disease=disease, day=found.cutoff.day)
    return {row.area_path: row for row in rows.select_related("area").order_by("recorded_at", "id")}


def submission_of(area: Area, *, disease: str, day: date) -> Submission | None:
    """The last figures an area sent for a day."""
    return Submission.objects.filter(area=area, disease=disease, day=day).order_by("-recorded_at", "-id").first()


_IN_THE_LINE = {
    "cases_total": "total",
    "cases_new": "new",
    "cases_recovered": "recovered",
    "cases_in_treatment": "in_treatment",
    "deaths": "deaths",
    "cases_transferred": "transferred",
    "f1_total": "f1",
    "f2_total": "f2",
}


def differences(viewer: Viewer, *, found: Figures, policy: Pack) -> list[Difference]:
    """Where communes' own figures of the day differ from their records, commune by commune, figure by figure."""
    lines = {line.path: line for line in found.communes}
    differing: list[Difference] = []
    for path, submission in sorted(latest_submissions(viewer, area=found.area, disease=found.disease, found=found).items()):
        line, reported = lines.get(path), submission.figures
        if line is not None and set(reported) <= set(_IN_THE_LINE):
            counted = {key: getattr(line, column) for key, column in _IN_THE_LINE.items()}
        else:
            counted = figures(viewer, area=submission.area, disease=found.disease, cutoff=found.cutoff, policy=policy).values
        differing += compare(submission.area, reported=reported, counted=counted)
    return differing


def compare(area: Area, *, reported: Mapping[str, int], counted: Mapping[str, int]) -> list[Difference]:
    """The figures of one area that differ from the count, in the order of the catalogue."""
    return [
        Difference(area.path, area.full_name, key, reported[key], counted[key])
        for key in BY_KEY
        if key in reported and reported[key] != counted[key]
    ]
