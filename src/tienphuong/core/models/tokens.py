"""What a machine shows instead of a password."""

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.users import User

LONGEST_NAME = 80


class ApiToken(models.Model):
    """A machine's leave to speak for an account until a moment. The secret itself is not kept, only its hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME, help_text="which machine holds it")
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], condition=models.Q(withdrawn_at__isnull=True), name="one_token_per_machine"),
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("created_at")), name="token_ends_after_it_begins"),
        ]
