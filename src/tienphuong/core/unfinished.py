"""Acts of several transactions: figures are those from before the act until it is over, so that none counts a half of it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Min

from tienphuong.core.models import ScenarioClock, UnfinishedAct


def begin(number: UUID, *, name: str, disease: str, since: datetime) -> None:
    """From the transaction that is open until `end`, what is recorded at this moment counts in no figure of the disease.

    Not where a scenario's clock stands still: everything of a drill is of one moment, and its figures would be empty meanwhile.
    """
    if not ScenarioClock.objects.exists():
        UnfinishedAct.objects.update_or_create(pk=number, defaults={"name": name, "disease": disease, "since": since})


def end(number: UUID) -> None:
    """The act is over, or taken back: everything counts from the transaction that is open on."""
    UnfinishedAct.objects.filter(pk=number).delete()


def since(disease: str) -> datetime | None:
    """The moment of the earliest act on a disease that is not over."""
    found: datetime | None = UnfinishedAct.objects.filter(disease=disease).aggregate(first=Min("since"))["first"]
    return found


def names(disease: str) -> list[str]:
    """What the acts that are not over are on."""
    return list(UnfinishedAct.objects.filter(disease=disease).order_by("since").values_list("name", flat=True))
