"""Receiving: the bytes are kept once, sealed with the post's key, under their own hash."""

import hashlib
import os
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tienphuong.core import audit, durable
from tienphuong.core.access.terms import Permission
from tienphuong.core.access.viewer import Viewer
from tienphuong.core.identity_cipher import seal_bytes, unseal_bytes
from tienphuong.core.turns import in_turn
from tienphuong.intake.models import IntakeFile
from tienphuong.intake.terms import DuplicatePolicy, FileState
from tienphuong.registry.models import Area

_FOLDER, _HALF = "intake", ".part"
SEALED = ".sealed"
"""The ending of a kept file that only the post's key opens; files of earlier versions have none until they are sealed."""
CONTENT_GONE = "Nội dung tệp đã xóa: hết thời hạn lưu giữ."
GONE = "danh sách đã xóa"
"""The name of a file whose content was taken away: senders write names into names of files."""
OF_AREA = "area_of_sender"
"""The kind of a file's warning that says where its area is taken from, if nobody gave it with the file."""


def receive_file(
    source: str | os.PathLike[str] | bytes,
    name: str,
    *,
    sender: str,
    area: Area | None,
    disease: str,
    actor: Viewer,
    at: datetime,
    duplicate_policy: DuplicatePolicy | str = DuplicatePolicy.QUEUE,
) -> IntakeFile:
    """The file as the post keeps it. Bytes that came before are the file they were then, and nothing changes."""
    actor.require(Permission.SEND_FILE, area.path if area else None)
    digest, size = _digest(source)
    known = IntakeFile.objects.filter(sha256=digest, withdrawn_at=None).first()
    if known is not None:
        return known
    stored = _keep(source, digest, suffix=Path(name).suffix.lower()[:8])
    with in_turn():
        file, new = IntakeFile.objects.get_or_create(
            sha256=digest,
            withdrawn_at=None,
            defaults={
                "name": Path(name).name[:200],
                "size": size,
                "stored_as": stored,
                "sender": sender[:120],
                "area": area,
                "area_path": area.path if area else "",
                "disease": disease,
                "received_at": at,
                "received_by": actor.user_id,
                "received_by_name": actor.name[:120],
                "duplicate_policy": DuplicatePolicy(duplicate_policy).value,
                "state": FileState.RECEIVED,
            },
        )
        if new:
            facts: dict[str, object] = {"name": file.name, "sha256": digest, "sender": file.sender}
            audit.record("file.received", actor=actor, at=at, subject_kind="file", subject_id=file.pk, facts=facts)
    return file


def take_anew(file: IntakeFile, *, actor: Viewer, at: datetime) -> IntakeFile:
    """The bytes of a withdrawn file as a new file, received now and read from the start."""
    return receive_file(
        stored_bytes(file),
        file.name,
        sender=file.sender,
        area=file.area,
        disease=file.disease,
        actor=actor,
        at=at,
        duplicate_policy=file.duplicate_policy,
    )


class ContentGone(ValueError):
    """What a sender wrote was kept for its time and is there no more."""

    def __init__(self) -> None:
        super().__init__(CONTENT_GONE)


def stored_path(file: IntakeFile) -> Path:
    """Where the bytes are kept."""
    return Path(settings.MEDIA_ROOT) / file.stored_as


def stored_bytes(file: IntakeFile) -> bytes:
    """The bytes as they were sent; raises ContentGone once they were taken away."""
    if not file.stored_as:
        raise ContentGone
    kept = stored_path(file).read_bytes()
    return unseal_bytes(kept) if file.stored_as.endswith(SEALED) else kept


def _digest(source: str | os.PathLike[str] | bytes) -> tuple[str, int]:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest(), len(source)
    with Path(source).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest(), Path(source).stat().st_size


def _keep(source: str | os.PathLike[str] | bytes, digest: str, *, suffix: str) -> str:
    """Write the sealed bytes beside their place and move them there, so that a half-written file is never found under its hash."""
    relative = Path(_FOLDER) / digest[:2] / f"{digest}{suffix}{SEALED}"
    _write(Path(settings.MEDIA_ROOT) / relative, source if isinstance(source, bytes) else Path(source).read_bytes())
    return str(relative)


def seal_kept(file: IntakeFile) -> None:
    """Seal a file that an earlier version kept as it came, and drop what lay open; one that is gone stays gone."""
    plain = stored_path(file)
    if file.stored_as.endswith(SEALED) or not plain.exists():
        return
    file.stored_as += SEALED
    _write(stored_path(file), plain.read_bytes())
    file.save(update_fields=["stored_as"])
    transaction.on_commit(plain.unlink)


def _write(target: Path, content: bytes) -> None:
    """Seal the content and put it in its place: whole, its owner's only, and outliving a power cut."""
    durable.made(target.parent)
    half = target.with_name(f"{target.name}.{os.getpid()}.{threading.get_ident()}{_HALF}")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(seal_bytes(content))
            out.flush()
            os.fsync(out.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)  # what the disk had no room for
    durable.settle(target.parent)


def drop_halves(*, before: datetime) -> None:
    """Drop what processes that were killed had begun to keep, by the machine's clock. Nobody was answered for it: a file has its place first."""
    for half in (Path(settings.MEDIA_ROOT) / _FOLDER).glob(f"*/*{_HALF}"):
        with suppress(FileNotFoundError):  # it has its place by now
            if half.stat().st_mtime < before.timestamp():
                half.unlink()
