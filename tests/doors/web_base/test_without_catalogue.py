"""A post whose English catalogue was never compiled: its pages answer in Vietnamese."""

from pathlib import Path

import pytest
from django.utils.translation import trans_real

from tienphuong.core import clock
from tienphuong.web import translations
from tienphuong.web.phrasebook import phrasebook

PAGES = ["/", "/tiep-nhan/", "/ca-benh/", "/bao-cao/", "/du-bao/", "/theo-doi/", "/ho-so-trung/"]


@pytest.fixture
def no_catalogue(monkeypatch, settings, tmp_path: Path):
    """No .mo anywhere; what was read before is forgotten, and forgotten again afterwards."""
    monkeypatch.setattr(translations, "CATALOGUE", tmp_path / "django.po")
    settings.LOCALE_PATHS = [tmp_path]
    phrasebook.cache_clear()
    monkeypatch.setattr(trans_real, "_translations", {})
    yield
    phrasebook.cache_clear()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_in_english_answers_without_the_catalogue(client, no_catalogue, lan, at, address):
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")
    client.force_login(lan, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    assert client.get(address).status_code == 200


def test_a_sentence_without_its_english_stays_as_it_was_said(no_catalogue):
    assert phrasebook().english("Cùng hộ chiếu") == "Cùng hộ chiếu"
