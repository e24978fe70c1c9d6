"""The key of a post: made once, known again, never made anew over what an earlier one sealed."""

import os
import stat
import subprocess
import sys

import pytest

from tienphuong.core import keys
from tienphuong.core.models import SealMark
from tienphuong.core.secrets import KeyFault, kept, made_once, strong


@pytest.fixture
def folder(settings, tmp_path):
    """A post's own folder, without a key."""
    settings.VAR, settings.IDENTITY_KEY = tmp_path, ""
    return tmp_path


@pytest.fixture
def sealed(db):
    """A database that knows the key its numbers were sealed with; a test that empties every table takes the mark along."""
    return SealMark.objects.update_or_create(pk=1, defaults={"fingerprint": keys.fingerprint("own key of this post" * 3)})[0]


@pytest.mark.django_db
def test_a_new_post_makes_its_key_and_knows_it_again(folder, settings):
    SealMark.objects.all().delete()
    keys.settle()
    made = settings.IDENTITY_KEY
    assert kept(folder / "keys" / "identity") == made and SealMark.objects.count() == 1
    keys.settle()
    assert made == settings.IDENTITY_KEY


def test_a_missing_key_is_never_made_anew_over_data(folder, sealed, settings):
    with pytest.raises(KeyFault, match="thiếu khóa"):
        keys.settle()
    assert not (folder / "keys").exists() and not settings.IDENTITY_KEY


def test_the_key_of_another_post_is_refused(folder, sealed, settings):
    settings.IDENTITY_KEY = "k" * 64
    with pytest.raises(KeyFault, match="không phải khóa"):
        keys.settle()


def test_a_key_is_whole_and_its_owners_only(tmp_path):
    path = tmp_path / "keys" / "identity"
    assert made_once(path) == made_once(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and [path] == list(path.parent.iterdir())


@pytest.mark.parametrize("broken", [b"", b"short", "khóa".encode() * 20])
def test_a_broken_key_file_is_said_so(tmp_path, broken):
    path = tmp_path / "identity"
    path.write_bytes(broken)
    with pytest.raises(KeyFault, match="Chép lại"):
        made_once(path)
    assert path.read_bytes() == broken


def test_a_given_key_that_is_too_short_is_refused():
    with pytest.raises(KeyFault, match="TIENPHUONG_KEY chỉ có 3 ký tự"):
        strong("abc", source="TIENPHUONG_KEY")


def test_a_command_says_in_one_line_that_the_key_is_gone(tmp_path):
    """The post as its users have it: a process of its own, a base, and a key that went missing."""
    environment = {name: value for name, value in os.environ.items() if name not in ("TIENPHUONG_KEY", "DATABASE_URL")}
    environment |= {"TIENPHUONG_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tienphuong.config.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True, timeout=300)
    (tmp_path / "keys" / "identity").rename(tmp_path / "elsewhere")
    refused = subprocess.run(
        [sys.executable, "-m", "tienphuong.cli", "post", "show"], env=environment, capture_output=True, text=True, timeout=300
    )
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1 and "thiếu khóa" in refused.stderr
    assert not (tmp_path / "keys" / "identity").exists()
