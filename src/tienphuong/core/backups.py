"""A backup of a whole post in one sealed file: its database as of one moment, the files it received, and a list of what must be there."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tienphuong.core import durable
from tienphuong.core.keys import fingerprint
from tienphuong.core.sealed_stream import NotWhole, Sealing, Unsealing

_DATABASES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_LIST: Final = "list.json"


class BackupFault(RuntimeError):
    """A backup that cannot be made, is not whole, or may not be put back here: one sentence with what to do."""


def make(target: Path, *, at: datetime) -> dict[str, Any]:
    """Write the post as it is now into one new file; gives the list of what is in it. The post may go on meanwhile."""
    half = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(dir=settings.VAR) as folder, _new(half) as out:
        database = Path(folder) / _DATABASES[connection.vendor]
        _snapshot(database)
        parts: dict[str, str] = {}
        with closing(Sealing(out)) as sealing, tarfile.open(fileobj=sealing, mode="w|") as tar:
            for path, name in [(database, database.name), *_received()]:
                parts[name] = _add(tar, path, name)
            noted = {"made_at": at.isoformat(), "key": fingerprint(settings.IDENTITY_KEY), "schema": _schema(), "parts": parts}
            _add_text(tar, _LIST, json.dumps(noted))
    half.replace(target)
    return noted


def verify(source: Path, *, into: Path | None = None) -> dict[str, Any]:
    """Read a backup to its end and hold every part against its list, the database opened too; gives the list. `into`: keep the parts there.

    Raises BackupFault for one that is not whole.
    """
    with tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        found, noted = _unpack(source, into or Path(folder))
        if noted is None or found != noted["parts"]:
            raise BackupFault("bản lưu thiếu phần hoặc có phần không khớp danh mục. Dùng bản lưu khác.")
        _open(into or Path(folder))
    return noted


def restore(source: Path, *, at: datetime) -> Path | None:
    """Put a backup in the place of this post's data; gives the folder to which what was there is moved, if anything was.

    Raises BackupFault: not whole, of another kind of database, or of a later version of the program. The post must not be served.
    """
    with tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        unpacked = Path(folder)
        noted = verify(source, into=unpacked)
        name = _DATABASES[connection.vendor]
        if name not in noted["parts"]:
            raise BackupFault("bản lưu của loại cơ sở dữ liệu khác. Đặt DATABASE_URL như khi lưu, rồi chạy lại.")
        if later := set(noted["schema"]) - {f"{app}.{step}" for app, step in _known_steps()}:
            raise BackupFault(f"bản lưu của phiên bản mới hơn ({sorted(later)[0]}). Cài phiên bản ấy, rồi chạy lại.")
        aside = _set_aside(at)
        _put_back(unpacked / name)
        if (unpacked / "files").exists():
            shutil.move(unpacked / "files", settings.MEDIA_ROOT)
    return aside


# --- the database


def _snapshot(target: Path) -> None:
    """The database as of one moment."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _open(folder: Path) -> None:
    """See that the database of a backup can be read."""
    for name in set(_DATABASES.values()):
        path = folder / name
        if path.exists() and name.endswith(".sqlite3"):
            with closing(sqlite3.connect(path)) as copy:
                (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                raise BackupFault(f"cơ sở dữ liệu trong bản lưu bị hỏng: {verdict}. Dùng bản lưu khác.")
        elif path.exists():
            _run("pg_restore", "--list", str(path), url=False)


def _put_back(database: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        shutil.move(database, connection.settings_dict["NAME"])
        Path(connection.settings_dict["NAME"]).chmod(0o600)
        return
    connection.close()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname", _url(), str(database), url=False)


def _run(program: str, *words: str, url: bool = True) -> None:
    """Call a program of PostgreSQL; raises BackupFault with its words."""
    if shutil.which(program) is None:
        raise BackupFault(f"máy này không có {program}. Cài gói postgresql-client, rồi chạy lại.")
    done = subprocess.run([program, *words, *([_url()] if url else [])], capture_output=True, text=True)
    if done.returncode:
        raise BackupFault(f"{program} không xong: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}.")


def _url() -> str:
    """How PostgreSQL's programs find the database."""
    kept = connection.settings_dict
    words = {"dbname": kept["NAME"], "user": kept["USER"], "password": kept["PASSWORD"], "host": kept["HOST"], "port": kept["PORT"]}
    return " ".join(f"{name}='{value}'" for name, value in words.items() if value)


def _schema() -> list[str]:
    return sorted(f"{app}.{step}" for app, step in MigrationRecorder(connection).applied_migrations())


def _known_steps() -> set[tuple[str, str]]:
    """The steps of the tables that this version of the program knows."""
    from django.db.migrations.loader import MigrationLoader

    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


# --- the parts


def _received() -> Iterator[tuple[Path, str]]:
    """The files the post received, each with its name in the backup."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".part":
            yield path, f"files/{path.relative_to(root).as_posix()}"


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    """Put a file into the archive; gives its SHA-256."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        noted = tarfile.TarInfo(name)
        noted.size, noted.mode = os.fstat(content.fileno()).st_size, 0o600
        tar.addfile(noted, content)
    return digest


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    noted = tarfile.TarInfo(name)
    noted.size, noted.mode = len(content), 0o600
    tar.addfile(noted, io.BytesIO(content))


def _unpack(source: Path, folder: Path) -> tuple[dict[str, str], dict[str, Any] | None]:
    """Put the parts of a backup into a folder; gives their SHA-256 and the list that came with them."""
    found: dict[str, str] = {}
    noted = None
    try:
        with source.open("rb") as sealed, tarfile.open(fileobj=io.BufferedReader(Unsealing(sealed)), mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is not None and member.name == _LIST:
                    noted = json.loads(content.read())
                elif content is not None:
                    found[member.name] = _keep(content, folder / Path(member.name))
    except (NotWhole, tarfile.TarError, EOFError, ValueError) as fault:
        raise BackupFault(f"không đọc được bản lưu {source.name}: {fault}. Kiểm tra khóa, hoặc dùng bản lưu khác.") from fault
    return found, noted


def _keep(content: IO[bytes], target: Path) -> str:
    durable.made(target.parent)
    digest = hashlib.sha256()
    with target.open("wb") as out:
        while piece := content.read(1 << 20):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    durable.settle(target.parent)
    return digest.hexdigest()


def _set_aside(at: datetime) -> Path | None:
    """Move what the post holds out of the way; nothing is deleted. PostgreSQL's tables are replaced, so they are dumped first."""
    aside = Path(settings.VAR) / f"before-restore-{at:%Y%m%d-%H%M%S}"
    files, database = Path(settings.MEDIA_ROOT), Path(str(connection.settings_dict["NAME"]))
    kept = [files] if files.exists() else []
    if connection.vendor == "sqlite":
        connection.close()
        kept += [path for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm")) if path.exists()]
    if not kept and connection.vendor == "sqlite":
        return None
    aside.mkdir(mode=0o700)
    if connection.vendor == "postgresql":
        _snapshot(aside / _DATABASES["postgresql"])
    for path in kept:
        shutil.move(path, aside / path.name)
    return aside


@contextmanager
def _new(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner reads, on the disk when it is closed, and gone if it was not finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        durable.settle(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
