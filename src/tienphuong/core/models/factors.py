"""With what officers prove a second time who they are."""

from django.db import models

from tienphuong.core.ids import uuid7
from tienphuong.core.models.users import User


class TotpSecret(models.Model):
    """The secret that an officer's authenticator app shares with the post (RFC 6238), sealed with the key of the post."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    added_at = models.DateTimeField()
    last_step = models.BigIntegerField(help_text="of the last code that was taken: no code is taken twice")


class RecoveryCode(models.Model):
    """One of the codes on paper for an officer whose telephone or key is lost. Only its keyed hash is kept; it opens once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "hash"], name="one_of_each_recovery_code")]


class SecurityKey(models.Model):
    """A key or a device that signs for an officer (WebAuthn); the post keeps the public half only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    credential = models.CharField(max_length=1400, unique=True, help_text="its number, base64url")
    public = models.BinaryField(help_text="number and public key as the device attested them")
    uses = models.BigIntegerField(default=0, help_text="the device's own count: one that goes back is a copy")
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
