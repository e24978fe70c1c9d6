"""Which area and disease is this post's own? Kept once, when the post is opened.

The area is kept by its code and the list of codes, not as a row: units change, and a code of one list names another unit in the next.
"""

from dataclasses import asdict, dataclass

from tienphuong.core.models import OwnPlace


@dataclass(frozen=True, slots=True)
class Place:
    """An area by its code in a list of codes, a disease, and the demo that the base plays (empty: a real post)."""

    area_code: str
    disease: str
    code_system: str = ""
    area_name: str = ""
    scenario: str = ""


def own_place() -> Place | None:
    """The post's own, or None while nobody has said it."""
    kept = OwnPlace.objects.first()
    return Place(kept.area_code, kept.disease, kept.code_system, kept.area_name, kept.scenario) if kept else None


def keep_own_place(place: Place) -> None:
    """Keep it in place of the one before."""
    OwnPlace.objects.update_or_create(pk=1, defaults=asdict(place))


def demo() -> str:
    """The demo that this base plays; empty on a real post."""
    own = own_place()
    return own.scenario if own else ""
