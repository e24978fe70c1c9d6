"""The text of whatever the post answers: pages, tables, papers, pictures."""

import io
import re
import zipfile
from html import unescape

from tienphuong.core.text.fold import fold

_TAG = re.compile(r"<[^>]*>")


def text_of(answer) -> str:
    """What somebody could read in an answer, without accents and in lower case."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b" ".join(book.read(name) for name in book.namelist() if name.endswith(".xml"))
    text = content.decode("utf-8", errors="replace")
    if answer.get("Content-Type", "").startswith("application/json"):
        text = text.encode().decode("unicode_escape", errors="replace") if "\\u" in text else text
    return fold(unescape(f"{text} {_TAG.sub('', text)} {answer.get('Location', '')}"))
