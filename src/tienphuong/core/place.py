"""Which area and disease is this post's own? Kept once, when the post is opened.

The area is kept by its code, not as a row: units change, and the code is read on the day that is asked about.
"""

from dataclasses import dataclass

from tienphuong.core.models import OwnPlace


@dataclass(frozen=True, slots=True)
class Place:
    """The code of an area, and a disease."""

    area_code: str
    disease: str


def own_place() -> Place | None:
    """The post's own, or None while nobody has said it."""
    kept = OwnPlace.objects.first()
    return Place(kept.area_code, kept.disease) if kept else None


def keep_own_place(place: Place) -> None:
    """Keep it in place of the one before."""
    OwnPlace.objects.update_or_create(pk=1, defaults={"area_code": place.area_code, "disease": place.disease})
