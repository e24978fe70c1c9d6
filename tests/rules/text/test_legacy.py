import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tienphuong.core.text.clean import clean
from tienphuong.core.text.decoding import decode_bytes
from tienphuong.core.text.legacy import convert, detect_legacy, detect_legacy_column, read_legacy
from tienphuong.core.text.legacy_tables import TCVN3, VNI_ALONE, VNI_PAIRS
from tienphuong.core.text.terms import Encoding, LegacyFlag

DATA = Path(__file__).parents[4] / "shared" / "data"
PAIRS_FILE = DATA / "legacy_encodings" / "pairs.json"
needs_pairs = pytest.mark.skipif(not PAIRS_FILE.exists(), reason="third-party encoding pairs are not on this machine")

TO_TCVN3 = {letter: chr(code) for code, letter in TCVN3.items()}
TO_VNI = {letter: code for code, letter in (VNI_ALONE | VNI_PAIRS).items() if code.islower() or code.isupper()}


def pairs() -> list[dict[str, str]]:
    # Rows written with Ð (eth) test the cleaning, not the tables.
    return [row for row in json.loads(PAIRS_FILE.read_text(encoding="utf-8")) if "Ð" not in row["unicode_nfc"]]


@needs_pairs
def test_every_tcvn3_string_is_recognised_and_converted() -> None:
    texts = [row["tcvn3_text_as_latin1"] for row in pairs()]
    assert [convert(text, Encoding.TCVN3) for text in texts] == [row["unicode_nfc"] for row in pairs()]
    missed = {text for text in texts if not text.isascii() and detect_legacy(text) is not Encoding.TCVN3}
    # These are proper names as they stand: only their column or their font can tell.
    assert missed == {"Anh Dòng", "Anh Tó", "Anh Vò"}
    assert detect_legacy_column(texts) is Encoding.TCVN3


@needs_pairs
def test_every_vni_string_is_recognised_and_converted() -> None:
    rows = [row for row in pairs() if row["vni_roundtrip_ok"] and not row["unicode_nfc"].endswith("Ỷ")]
    texts = [row["vni_text_as_cp1252"] for row in rows]
    assert [convert(text, Encoding.VNI) for text in texts] == [row["unicode_nfc"] for row in rows]
    missed = {text for text in texts if not text.isascii() and detect_legacy(text) is not Encoding.VNI}
    # Proper names as they stand, and "Thö", which is Thư in VNI and Thử in TCVN3.
    undecided = {"An Cô", "Anh Sôn", "An Bình", "Anh Thô", "Anh Thö", "Bình Minh", "Bích Hoàng", "Bích Lam", "Bích Loan", "Bích Nga"}
    assert missed == undecided
    assert detect_legacy_column(texts) is Encoding.VNI


@needs_pairs
@pytest.mark.parametrize("name", ["cp1258", "viscii", "tcvn3", "vni"])
def test_a_file_of_legacy_bytes_is_read(name: str) -> None:
    rows = [row for row in pairs() if row[f"{name}_bytes_hex"] and (name != "vni" or row["vni_roundtrip_ok"])]
    decoded = decode_bytes(b"\n".join(bytes.fromhex(row[f"{name}_bytes_hex"]) for row in rows))
    assert decoded.encoding == name
    wrong = [row["unicode_nfc"] for line, row in zip(decoded.text.split("\n"), rows, strict=True) if clean(line) != row["unicode_nfc"]]
    # The converter the VNI bytes come from writes Ỷ as Ë, which VNI does not.
    assert wrong == (["ĐẶNG THỊ Ỷ"] if name == "vni" else [])


@needs_pairs
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_unicode_file_is_read_with_or_without_its_mark(codec: str) -> None:
    text = "\n".join(row["unicode_nfc"] for row in pairs())
    assert decode_bytes(text.encode(codec)).text == text


@needs_pairs
def test_proper_vietnamese_is_never_taken_for_legacy_text() -> None:
    assert [row["unicode_nfc"] for row in pairs() if detect_legacy(row["unicode_nfc"])] == []


@pytest.mark.skipif(not (DATA / "vn_names").exists(), reason="third-party name lists are not on this machine")
def test_no_given_name_of_the_lists_is_taken_for_legacy_text() -> None:
    names = [line for path in sorted((DATA / "vn_names").glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(names) > 1000
    assert [name for name in names if detect_legacy(name)] == []


FOREIGN = (
    "François Hollande|Hélène|Noël|José Muñoz|João|São Paulo|Müller|Björn Borg|Zoë|Anaïs|Chloé|Loïc|Loïc Martin|Thaï|Søren|Pål|Peña|René|"
    "Gaël|Michaël|Théo|Jürgen Günther|Göring|Özil|Çağrı|Łukasz|Ólafur|Kim Tae-hyŏn|Park Bo-gŏm|Lee Min-ho|Aaron Moon|10 µm|5µm|37°C|20 m²|Số 5 § 2|«nói»"
)


@pytest.mark.parametrize("name", FOREIGN.split("|"))
def test_foreign_names_and_signs_are_left_alone(name: str) -> None:
    assert detect_legacy(name) is None


@pytest.mark.parametrize(
    "name", ["Bùi Thị Hoà", "Hoàng", "Tróc", "Cô", "Ý Lan", "Âu Cơ", "H'Hen Niê", "Y Bhin Êban", "Vàng A Sử", "Á Đông"]
)
def test_names_written_with_latin_1_letters_only_are_left_alone(name: str) -> None:
    assert detect_legacy(name) is None


def test_a_legacy_font_settles_what_letters_leave_open() -> None:
    assert detect_legacy("Tróc") is None
    assert detect_legacy("Tróc", ".VnTime") is Encoding.TCVN3
    assert detect_legacy("An Cô", "VNI-Times") is Encoding.VNI
    assert detect_legacy("Nguyễn", ".VnTime") is None


def test_a_column_settles_what_one_cell_leaves_open() -> None:
    assert detect_legacy_column(["Tróc", "NguyÔn V¨n §øc", "An"]) is Encoding.TCVN3
    assert detect_legacy_column(["Tróc", "NguyÔn V¨n §øc", "Nguyễn Văn An"]) is None
    assert detect_legacy_column(["Tróc", "An"]) is None


def test_capitals_typed_with_a_capital_font_come_back() -> None:
    typed = read_legacy("NGUYÔN V¡N §øC")
    assert (typed.text, typed.original) == ("NGUYỄN VĂN ĐỨC", "NGUYÔN V¡N §øC")
    assert LegacyFlag.CAPITALS_RESTORED in typed.flags
    assert read_legacy("trÇn v¨n b×nh", font_name=".VnTimeH").text == "TRẦN VĂN BÌNH"


def test_a_lost_capital_is_reported() -> None:
    reading = read_legacy("NguyÔn ThÞ ¸nh")
    assert reading.text == "Nguyễn Thị ánh"
    assert LegacyFlag.CAPITALS_LOST in reading.flags


@pytest.mark.parametrize("name", ["Nguyễn Văn Đức", "Hòa", "Phạm Thị Hà", "Đỗ Ước"])
def test_utf_8_opened_as_windows_1252_is_repaired(name: str) -> None:
    misread = "".join(chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode("cp1252") for b in name.encode())
    assert detect_legacy(misread) is Encoding.UTF8_MISREAD
    assert convert(misread, Encoding.UTF8_MISREAD) == name
    assert convert(misread.replace("\x90", ""), Encoding.UTF8_MISREAD) == name


SMALL = "abcdđeghiklmnopqrstuvxyăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@given(st.text(alphabet=SMALL + " ", max_size=30))
def test_small_letters_survive_tcvn3_and_back(text: str) -> None:
    written = "".join(TO_TCVN3.get(char, char) for char in text)
    assert convert(written, Encoding.TCVN3) == clean(text)


@given(st.text(alphabet=SMALL + SMALL.upper() + " ", max_size=30))
def test_letters_survive_vni_and_back(text: str) -> None:
    written = "".join(TO_VNI.get(char, char) for char in text)
    assert convert(written, Encoding.VNI) == clean(text)
