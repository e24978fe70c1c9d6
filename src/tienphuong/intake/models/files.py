"""What was sent, how it was understood, and what became of every row."""

from collections.abc import Iterable, Sequence

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.records import Withdrawable
from tienphuong.core.models.sealed import SealedJSONField
from tienphuong.registry.models import Area, Person


class IntakeFile(models.Model):
    """A file as it arrived. The same bytes twice are one file, unless the first was withdrawn: then they may be taken in anew."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=200)
    sender = models.CharField(max_length=120, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True, help_text="the locality it reports on")
    area_path = models.CharField(max_length=40, blank=True)
    disease = models.CharField(max_length=20)
    reported_on = models.DateField(null=True, help_text="the day of report an officer gave the list: of its rows that say none")
    received_at = models.DateTimeField()
    received_by = models.UUIDField(null=True)
    received_by_name = models.CharField(max_length=120, blank=True)
    duplicate_policy = models.CharField(max_length=8, default="queue")
    state = models.CharField(
        max_length=12, help_text="received, read, checked, applying, applied, unreadable, nothing_read, stopped, withdrawn"
    )
    message = models.TextField(blank=True)
    warnings = models.JSONField(default=list)
    effect = models.JSONField(null=True, help_text="what writing it would change: [[figure, before, after]]; null: not counted")
    effect_asked_at = models.DateTimeField(null=True, help_text="the machine's clock; null: the worker is not at it")
    check_token = models.UUIDField(null=True, help_text="the check that is at it: one that finds another here has been ended")
    check_sense = models.CharField(max_length=32, blank=True, help_text="a hash of all that the rows now stored were judged by")
    checking_at = models.DateTimeField(null=True, help_text="the machine's clock, for the rate")
    checked_rows = models.PositiveIntegerField(default=0, help_text="rows that the check has stored so far")
    rows_total = models.PositiveIntegerField(default=0, help_text="rows that can be applied")
    applying_at = models.DateTimeField(null=True, help_text="the post's moment of the act, the same for every batch of it")
    applying_by = models.UUIDField(null=True, help_text="the officer of the act, under whose name it goes on after a fall")
    stop_asked_at = models.DateTimeField(null=True, help_text="when an officer asked the work to stop; it does before its next part")
    stop_asked_by_name = models.CharField(max_length=120, blank=True)
    stop_asked_by = models.UUIDField(null=True)
    started_at = models.DateTimeField(null=True, help_text="the machine's clock, for the rate")
    finished_at = models.DateTimeField(null=True, help_text="the machine's clock")
    degrees_due = models.BooleanField(default=False, help_text="rows were applied whose degrees are not re-computed yet")
    applied_at = models.DateTimeField(null=True)
    policy = models.CharField(max_length=20, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    withdrawal_act = models.UUIDField(null=True, unique=True, help_text="the act's own number: the same act twice is one")
    withdrawal = models.JSONField(default=dict, help_text="what was taken back, and whose rows were kept because somebody acted upon them")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=models.Q(withdrawn_at=None), name="the_same_bytes_are_one_file")
        ]
        indexes = [models.Index(fields=["area_path", "received_at"]), models.Index(fields=["state"])]


class IntakeSheet(models.Model):
    """One sheet of a file: what kind of list it is and which column means what."""

    file = models.ForeignKey(IntakeFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30)
    header_rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    dates = models.JSONField(default=dict, help_text="{target: [order, whether Excel's swap is undone]}")
    ignored = models.JSONField(default=list, help_text="[row, reason, text] of rows that are no data")
    signature = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="one_sheet_per_position")]


class IntakeRow(models.Model):
    """One record of a sheet: the sender's own text, what it came to, and why."""

    sheet = models.ForeignKey(IntakeSheet, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="the row in the sender's sheet, from 1")
    part = models.PositiveSmallIntegerField(default=0, help_text="several people in one row are its parts")
    digest = models.CharField(max_length=24, db_index=True, help_text="the same text from the same sender, the same time over")
    cells = SealedJSONField(help_text="what was written: {target: [column, text]}")
    verdict = models.CharField(max_length=12, help_text="new, changed, known, duplicate, refused")
    issues = SealedJSONField(default=list, help_text="[severity, target, column, value, reason, remedy]")
    remarked = models.TextField(blank=True, help_text="each kind of remark once, `severity:target `: what lists filter by")
    becomes = models.JSONField(default=list, help_text="what the row becomes: [[sort, word or code]]")
    match = models.JSONField(default=dict, help_text="what the check found: {kind, person, row, candidates}")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="when what the row said was taken back")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "number", "part"], name="one_row_once")]
        indexes = [models.Index(fields=["sheet", "applied_at"])]

    def remark(self, issues: Iterable[Sequence[str]]) -> None:
        """Set the remarks of the row, and with them what lists filter by."""
        self.issues = [list(issue) for issue in issues]
        self.remarked = "".join(sorted({f"{severity}:{target} " for severity, target, *_ in self.issues}))


def remarked(severity: str, target: str = "") -> models.Q:
    """The rows with a remark so grave, about one meaning where it is given."""
    return models.Q(remarked__contains=f"{severity}:{target} " if target else f"{severity}:")


class IntakeBatch(models.Model):
    """One transaction of an application: how many rows, and whose degrees wait for the end."""

    file = models.ForeignKey(IntakeFile, models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    disease = models.CharField(max_length=20)
    touched = models.JSONField(default=list, help_text="numbers of the people whose surroundings changed")
    committed_at = models.DateTimeField(help_text="the machine's clock, for the rate")


class ListCode(Withdrawable):
    """A code a sender gave to somebody who may be no case (`LN-F1-0012`): other lists refer to them by it."""

    key = models.CharField(max_length=60, db_index=True)
    given_by = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    source_row = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "given_by", "person"], condition=models.Q(withdrawn_at=None), name="one_list_code_once")
        ]


class RememberedMapping(models.Model):
    """How a sender's columns were understood last time."""

    sender = models.CharField(max_length=120)
    signature = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    mapping = models.JSONField()
    confirmed_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "signature"], name="one_mapping_per_sender_and_header")]
