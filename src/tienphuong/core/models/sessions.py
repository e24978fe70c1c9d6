"""Who is signed in, where, since when."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from tienphuong.core.models.users import User


class OfficerSession(AbstractBaseSession):
    """One browser that is signed in. The key is kept as a hash: who reads the table can continue nobody's session."""

    number = models.UUIDField(db_index=True, editable=False, help_text="the session in addresses and in the audit")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField(help_text="the machine's clock")
    seen_at = models.DateTimeField(help_text="the machine's clock, to the minute")
    device = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=45, blank=True)
