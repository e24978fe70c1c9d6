"""A column of JSON that may hold identity numbers: the database and its copies see ciphertext only."""

import json
from typing import Any

from django.db import models

from tienphuong.core.identity_cipher import seal_bytes, unseal_bytes


class SealedJSONField(models.BinaryField):
    """JSON sealed with the post's key. It cannot be searched by its content: what lists filter by stands in a column of its own."""

    description = "JSON sealed with the key of the post"

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        return seal_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(unseal_bytes(bytes(value)))

    def to_python(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = value if prepared else self.get_prep_value(value)
        return None if sealed is None else connection.Database.Binary(sealed)
