"""Reads back what Word will read: small questions put to the XML of a written .docx."""

import zipfile
from pathlib import Path

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

TWIPS_IN_MM = 1440 / 25.4


def part(path: Path, name: str) -> BaseOxmlElement:
    with zipfile.ZipFile(path) as archive:
        return parse_xml(archive.read(name))


def text_of(node: BaseOxmlElement) -> str:
    return "".join(found.text or "" for found in node.iter(qn("w:t")))


def paragraphs(node: BaseOxmlElement, text: str) -> list[BaseOxmlElement]:
    return [found for found in node.iter(qn("w:p")) if text_of(found) == text]


def paragraph(node: BaseOxmlElement, text: str) -> BaseOxmlElement:
    """The first paragraph that reads exactly so; a blank for the clerk is written as one space here."""
    for found in node.iter(qn("w:p")):
        if " ".join(text_of(found).replace("\u00a0", " ").split()) == text:
            return found
    raise AssertionError(f"no paragraph reads {text!r}")


def value(node: BaseOxmlElement, path: str, attribute: str = "w:val") -> str | None:
    found = node.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else found.get(qn(attribute), "")


def style(node: BaseOxmlElement) -> tuple[float, bool, bool]:
    """Size in points, bold, italic of a paragraph whose runs are all alike."""
    looks = {
        (float(value(run, "w:rPr/w:sz") or 0) / 2, value(run, "w:rPr/w:b") is not None, value(run, "w:rPr/w:i") is not None)
        for run in node.iter(qn("w:r"))
        if text_of(run)
    }
    assert len(looks) == 1, f"{text_of(node)!r} mixes {looks}"
    return looks.pop()


def alignment(node: BaseOxmlElement) -> str | None:
    return value(node, "w:pPr/w:jc")


def millimetres(twips: str | None) -> float:
    return round(float(twips or 0) / TWIPS_IN_MM, 1)


def rule_after(node: BaseOxmlElement, *, block: float) -> float:
    """The length in mm of the line drawn right below this paragraph, as the border of an empty one."""
    following = node.getnext()
    assert following is not None and text_of(following) == ""
    assert value(following, "w:pPr/w:pBdr/w:top") == "single"
    indents = [millimetres(value(following, "w:pPr/w:ind", f"w:{side}")) for side in ("left", "right")]
    assert indents[0] == indents[1]
    return block - sum(indents)
