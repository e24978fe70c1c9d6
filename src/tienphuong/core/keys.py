"""The key that identity numbers are sealed with, and that it stays the one the data of this post was sealed with.

A key made anew over existing data would find nobody again: everybody known would be entered as a new person.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import connection

from tienphuong.core.models import SealMark
from tienphuong.core.secrets import KeyFault, made_once

_PUT_BACK = "Chép lại tệp khóa từ bản lưu vào {path}, hoặc đặt TIENPHUONG_KEY như trước, rồi chạy lại."


def settle() -> None:
    """Make the key of a new post, or see that this is the key its data was sealed with; every process calls it at its start.

    Raises KeyFault: the key is missing, or it is not the one of this database.
    """
    if SealMark._meta.db_table not in connection.introspection.table_names():
        return  # not migrated yet: nothing is sealed
    mark = SealMark.objects.first()
    if not settings.IDENTITY_KEY:
        if mark is not None:
            raise KeyFault(f"thiếu khóa của cơ sở dữ liệu này. {_PUT_BACK.format(path=_path())}")
        settings.IDENTITY_KEY = made_once(_path())
    own = fingerprint(settings.IDENTITY_KEY)
    if mark is None:
        mark, _ = SealMark.objects.get_or_create(pk=1, defaults={"fingerprint": own})
    if mark.fingerprint != own:
        raise KeyFault(f"khóa đang dùng không phải khóa của cơ sở dữ liệu này. {_PUT_BACK.format(path=_path())}")


def is_of_this_database() -> bool:
    """Whether the key in use is the one the data was sealed with."""
    return SealMark.objects.filter(fingerprint=fingerprint(settings.IDENTITY_KEY)).exists()


def fingerprint(key: str) -> str:
    """What tells one key from another without saying anything of either."""
    return hashlib.blake2b(key.encode(), digest_size=32, person=b"tp-mark").hexdigest()


def _path() -> Path:
    return Path(settings.VAR) / "keys" / "identity"
