"""Names of countries, Vietnamese and English, so that an address abroad is known as one."""

from functools import lru_cache

from babel import Locale

from tienphuong.registry.areas.rules import name_key

_OTHER_NAMES = {
    "CN": ("Trung Quốc", "TQ"),
    "KR": ("Hàn Quốc", "Korea", "Nam Hàn"),
    "US": ("Mỹ", "Hoa Kỳ", "USA"),
    "GB": ("Anh", "UK", "England"),
}
_OTHER_NAMES |= {
    "KH": ("Cam-pu-chia", "Cambodia"),
    "CZ": ("Séc", "CH Séc"),
    "TW": ("Đài Loan",),
    "RU": ("Nga",),
    "FR": ("Pháp",),
    "DE": ("Đức",),
}


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Name key against ISO 3166 code; Vietnam is not abroad."""
    found: dict[str, str] = {}
    for language in ("en", "vi"):
        territories = Locale.parse(language).territories.items()
        found |= {
            name_key(name): code for code, name in territories if code.isalpha() and len(code) == 2 and code not in ("VN", "EU", "ZZ")
        }
    return found | {name_key(name): code for code, names in _OTHER_NAMES.items() for name in names}
