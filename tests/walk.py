"""Every page that the menus and links of a post lead to, as every officer of its demo, in both languages.

Run in a clone where `make demo SERVE=0` was all that was done: `.venv/bin/python tests/walk.py`. It needs nothing but what
the product itself installs. A link that leads nowhere, a page that fails, and a Vietnamese sentence on an English page that
the catalogue has English for are each printed; there may be none.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from gettext import GNUTranslations
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  the settings must stand first
from django.test import Client  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402

from tienphuong.cli.demo_plan import PASSWORD, PLANS  # noqa: E402
from tienphuong.core import clock  # noqa: E402

# Of one page with many subjects (a person, a file) and ways to narrow it, one of each kind stands for all.
OF_A_KIND = 1
CATALOGUE = Path(__file__).parents[1] / "locale/en/LC_MESSAGES/django.mo"
ANSWERED = {200, 301, 302, 304}


class Page(HTMLParser):
    """The links and the words of one page; what is marked as Vietnamese (`lang="vi"`) is not looked at for English."""

    _VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self.language = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "html":
            self.language = said.get("lang") or ""
        if tag == "a" and said.get("href"):
            self.links.append(str(said["href"]))
        if tag not in self._VOID:
            skipped = self._skipping or tag in ("script", "style") or (tag != "html" and said.get("lang") == "vi")
            self._open.append((tag, skipped))
        if not self._skipping:
            self.words += [value for name in ("title", "aria-label", "placeholder", "alt") if (value := said.get(name))]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        if not self._skipping and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def _skipping(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def walk(client: Client, *, language: str, english: dict[str, str]) -> Iterator[str]:
    """The faults of all pages one officer can reach in one language."""
    waiting, seen, taken = ["/"], {"/"}, Counter[str]()
    while waiting:
        address = waiting.pop(0)
        response = client.get(address)
        if response.status_code not in ANSWERED:
            yield f"{response.status_code} {address}"
        if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
            continue
        page = Page(response.content.decode())
        yield from (f"{address}: {fault}" for fault in _language_faults(page, language, english))
        for link in page.links:
            _follow(urldefrag(urljoin(address, link)).url, waiting, seen, taken)


def _follow(address: str, waiting: list[str], seen: set[str], taken: Counter[str]) -> None:
    """Put an address on the way if it is one of ours and not yet enough of its kind were visited."""
    if urlsplit(address).netloc or urlsplit(address).scheme or address in seen:
        return
    seen.add(address)
    try:
        name = resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        name = address  # asked for anyway: a link of ours to a page that is not there is a fault
    parameters = ",".join(sorted(re.findall(r"[?&;]([^=&]+)=", address)))
    taken[kind := f"{name} {parameters}"] += 1
    if taken[kind] <= OF_A_KIND:
        waiting.append(address)


def _language_faults(page: Page, language: str, english: dict[str, str]) -> Iterator[str]:
    if page.language and page.language != language:
        yield f"the page says that it is in “{page.language}”"
    if language == "en":
        yield from sorted({f"not in English: “{words}”" for words in page.words if english.get(words, words) != words})


def _english() -> dict[str, str]:
    """Every sentence of the pages that has an English of its own; those with a gap to fill cannot be looked up."""
    with CATALOGUE.open("rb") as file:
        sentences = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: value for key, value in sentences.items() if isinstance(key, str) and key and "%" not in key and "{" not in key}


def _walked(username: str, language: str) -> list[str]:
    """The faults one officer meets in one language."""
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(raise_request_exception=False)
    if client.post("/dang-nhap/", {"username": username, "password": PASSWORD}).status_code != 302:
        return [f"{username}: cannot sign in"]
    client.post("/ngon-ngu/", {"language": language, "next": "/"})
    return [f"{username} [{language}] {fault}" for fault in walk(client, language=language, english=_english())]


def main() -> int:
    """Walk as everybody; 0 without a fault."""
    officers = [account.username for account in PLANS[clock.scenario() or ""].accounts]
    walks = [(officer, language) for officer in officers for language in ("vi", "en")]
    faults = [fault for officer, language in walks for fault in _walked(officer, language)]
    print(*faults, f"{len(officers)} officers, 2 languages: {len(faults)} faults", sep="\n")
    return min(len(faults), 1)


if __name__ == "__main__":
    sys.exit(main())
