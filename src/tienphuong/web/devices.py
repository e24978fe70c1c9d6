"""What a browser says of itself, in the two words by which an officer knows it again."""

from typing import Final

# The first that is found: each of the later ones is also in what an earlier one says.
_BROWSERS: Final = (
    ("coc_coc_browser", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_words(agent: str) -> str:
    """ "Chrome, Windows"; nothing for a browser that does not say what it is."""
    return ", ".join(found for table in (_BROWSERS, _SYSTEMS) if (found := _first(agent, table)))


def _first(agent: str, table: tuple[tuple[str, str], ...]) -> str:
    return next((words for sign, words in table if sign in agent), "")
