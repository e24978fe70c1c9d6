"""How a name looks after an old font, another keyboard or another computer has had it."""

from __future__ import annotations

import unicodedata

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of both tables below
_BASES = "aăâeêioôơuưy"
# TCVN 5712:1993 (ABC fonts .VnTime...): one byte per letter, in the order plain, huyền, hỏi, ngã, sắc, nặng.
_TCVN3 = {
    "a": "aµ¶·¸¹",
    "ă": "¨»¼½¾Æ",
    "â": "©ÇÈÉÊË",
    "e": "eÌÎÏÐÑ",
    "ê": "ªÒÓÔÕÖ",
    "i": "i×ØÜÝÞ",
    "o": "oßáâãä",
    "ô": "«åæçèé",
    "ơ": "¬êëìíî",
    "u": "uïñòóô",
    "ư": "\xadõö÷øù",
    "y": "yúûüýþ",
}
_TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True)) | {"đ": "®"}
# VNI-Windows: a letter and its mark are two characters; i and nặng y have their own.
_VNI_MARKS = {"": "øûõùï", "â": "àåãáä", "ă": "èúüéë"}
_VNI_I = "ìæóíò"
_TELEX = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}
_TELEX_SHAPE = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_TO_NEW = {
    "òa": "oà",
    "óa": "oá",
    "ỏa": "oả",
    "õa": "oã",
    "ọa": "oạ",
    "òe": "oè",
    "óe": "oé",
    "ùy": "uỳ",
    "úy": "uý",
    "ủy": "uỷ",
    "ụy": "uỵ",
}


def split_tone(letter: str) -> tuple[str, str]:
    """The letter without its tone, and the tone mark ('' if none): ễ -> ê, U+0303."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in TONES), "")
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES)), tone


def nfd(text: str) -> str:
    """As a Mac or a PDF copy stores it."""
    return unicodedata.normalize("NFD", text)


def unaccented_capitals(text: str) -> str:
    """NGUYEN THI THUY."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    return "".join(mark for mark in unicodedata.normalize("NFD", plain) if not unicodedata.combining(mark)).upper()


def eth_for_d(text: str) -> str:
    """With the Icelandic eth in place of đ: looks the same, is another letter."""
    return text.replace("đ", "ð").replace("Đ", "Ð")


def other_tone_placement(text: str) -> str:
    """With hoà for hòa (or hòa for hoà): same word, other string."""
    for old, new in _TO_NEW.items():
        if old in text:
            return text.replace(old, new)
        if new in text:
            return text.replace(new, old)
    return text


def telex(text: str) -> str:
    """What remains when the Vietnamese keyboard was off: Nguyeenx Vawn Ddwcs."""
    return " ".join(_telex_word(word) for word in text.split(" "))


def tcvn3(text: str) -> str:
    """The text as ABC-font characters (Latin-1); capitals with a tone lose their case, as in life."""
    return "".join(_tcvn3_letter(letter) for letter in unicodedata.normalize("NFC", text))


def vni(text: str) -> str:
    """The text as VNI-font characters (cp1252)."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def cp1258(text: str) -> bytes:
    """The text in the Windows-1258 code page, where tones are separate marks."""
    return b"".join(_cp1258_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _cp1258_letter(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        return "".join(split_tone(letter)).encode("cp1258", "replace")


def _telex_word(word: str) -> str:
    letters, tone_key = [], ""
    for letter in word:
        base, tone = split_tone(letter)
        tone_key = _TELEX.get(tone, tone_key)
        shape = _TELEX_SHAPE.get(base.lower(), base)
        letters.append(shape.capitalize() if letter.isupper() else shape)
    return "".join(letters) + tone_key


def _tcvn3_letter(letter: str) -> str:
    if letter in _TCVN3_CAPITALS:
        return _TCVN3_CAPITALS[letter]
    base, tone = split_tone(letter)
    if base.lower() not in _BASES or (not tone and base.isascii()):
        return letter
    return _TCVN3[base.lower()][TONES.find(tone) + 1 if tone else 0]


def _vni_letter(letter: str) -> str:
    base, tone = split_tone(letter)
    small = _vni_small(base.lower(), tone)
    return small.upper() if letter.isupper() else small


def _vni_small(base: str, tone: str) -> str:
    index = TONES.find(tone) if tone else -1
    if base == "i":
        return _VNI_I[index] if tone else "i"
    if base == "y" and index == 4:
        return "î"
    if base in "âăêô":
        hat = "ă" if base == "ă" else "â"
        letter = {"â": "a", "ă": "a", "ê": "e", "ô": "o"}[base]
        return letter + (_VNI_MARKS[hat][index] if tone else {"ă": "ê", "â": "â"}[hat])
    letter = {"ơ": "ô", "ư": "ö", "đ": "ñ"}.get(base, base)
    return letter + (_VNI_MARKS[""][index] if tone else "")
