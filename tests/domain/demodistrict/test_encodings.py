"""Old fonts and code pages, checked against an independent converter where the reference data is present."""

import json
from pathlib import Path

import pytest

from demodistrict import encodings

PAIRS = Path(__file__).parents[4] / "shared" / "data" / "legacy_encodings" / "pairs.json"


def test_a_name_in_vntime_and_vni_letters_reads_as_in_old_workbooks():
    assert encodings.tcvn3("Nguyễn Văn Đức") == "NguyÔn V¨n §øc"
    assert encodings.vni("Nguyễn Văn Đức") == "Nguyeãn Vaên Ñöùc"


def test_windows_1258_bytes_read_back_as_the_same_name():
    import unicodedata

    raw = encodings.cp1258("Nguyễn Thị Thuỷ, xã Hữu Hoà")
    assert unicodedata.normalize("NFC", raw.decode("cp1258")) == "Nguyễn Thị Thuỷ, xã Hữu Hoà"


def test_typing_residue_and_look_alikes():
    assert encodings.telex("Nguyễn Văn Đức") == "Nguyeenx Vawn Dduwcs"
    assert encodings.eth_for_d("Đặng") == "Ðặng" != "Đặng"
    assert encodings.other_tone_placement("Trần Văn Hoà") == "Trần Văn Hòa"
    assert encodings.unaccented_capitals("Nguyễn Thị Thuý") == "NGUYEN THI THUY"


@pytest.mark.skipif(not PAIRS.exists(), reason="reference pairs of ../shared/data are not present")
def test_conversions_agree_with_the_reference_pairs():
    pairs = [pair for pair in json.loads(PAIRS.read_text("utf-8")) if not pair["unicode_nfc"].isupper()]
    plain = [pair for pair in pairs if "Á" not in pair["unicode_nfc"]]  # ABC fonts have no capital Á; converters differ in what they write
    assert len(plain) > 100
    assert [pair["unicode_nfc"] for pair in plain if encodings.tcvn3(pair["unicode_nfc"]) != pair["tcvn3_text_as_latin1"]] == []
    sure = [pair for pair in pairs if pair["vni_roundtrip_ok"]]
    assert [pair["unicode_nfc"] for pair in sure if encodings.vni(pair["unicode_nfc"]) != pair["vni_text_as_cp1252"]] == []
