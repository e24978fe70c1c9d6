"""Officers and what they are appointed to."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from tienphuong.core.access.terms import Role
from tienphuong.core.ids import uuid7
from tienphuong.core.rules.passwords import unified


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **extra: object) -> "User":
        """An officer's account; a password of None can sign in nowhere."""
        user = self.model(username=username, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A named officer's account. What the officer may do is said by appointments, not by the account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    one_time_until = models.DateTimeField(
        null=True, help_text="the password was given by somebody else: changed before this, or worth nothing"
    )

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.full_name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(None if raw_password is None else unified(raw_password))

    def check_password(self, raw_password: str) -> bool:
        return super().check_password(unified(raw_password))


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date) -> "AppointmentQuerySet":
        """The appointments that hold on a day."""
        return self.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on), valid_from__lte=on)


class Appointment(models.Model):
    """Role x area x period. The area is held by its path: core lies below the registry and may not point up."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    area_path = models.CharField(max_length=40, help_text="digits, four a level; the whole subtree is meant")
    area_name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "valid_from"])]
