"""What does every page of a Word paper share? Styles, language, margins, page numbers and the watermark."""

from datetime import UTC
from typing import Final

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section, _Header
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from tienphuong.reports.papers import measures as m
from tienphuong.reports.papers.paper import Paper
from tienphuong.reports.papers.word import xml

WORD_2013: Final = 15


def prepare(document: Document, paper: Paper) -> None:
    """Makes a blank python-docx document speak Vietnamese, look like Times and name nobody."""
    _set_defaults(document)
    _set_normal(document)
    for level in (1, 2, 3):
        _set_heading(document, level=level)
    _set_properties(document, paper)
    _set_compatibility(document)


def lay_out(section: Section, *, landscape: bool = False, watermark: str = "") -> None:
    """A4, the Decree's margins, page number at the top centre from the second page on, counting from 1 in this section."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    sides = (m.SHEET_HEIGHT, m.SHEET_WIDTH) if landscape else (m.SHEET_WIDTH, m.SHEET_HEIGHT)
    section.page_width, section.page_height = Mm(sides[0]), Mm(sides[1])
    section.top_margin, section.bottom_margin = Mm(m.MARGIN_TOP), Mm(m.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(m.MARGIN_LEFT), Mm(m.MARGIN_RIGHT)
    section.header_distance = section.footer_distance = Mm(m.HEADER_DISTANCE)
    section.different_first_page_header_footer = True
    xml.placed(section._sectPr, xml.element("w:pgNumType", start=1), kind="w:sectPr")
    _head(section.header, numbered=True, watermark=watermark)
    _head(section.first_page_header, numbered=False, watermark=watermark)


def next_section(document: Document) -> Section:
    """Opens a new page whose layout and numbers are its own."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    xml.shrink(document.paragraphs[-1])
    return section


def _head(header: _Header, *, numbered: bool, watermark: str) -> None:
    header.is_linked_to_previous = False
    line = header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(0)
    if numbered:
        xml.add_page_number(line)
    if watermark:
        line.add_run()._r.append(xml.watermark(watermark))


def _set_defaults(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is None:
        raise ValueError("The document template has no w:docDefaults; reinstall python-docx")
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    xml.dress_type(properties, size=m.SIZE_BODY)


def _set_normal(document: Document) -> None:
    normal = _paragraph_style(document, "Normal")
    xml.dress_type(normal.element.get_or_add_rPr(), size=m.SIZE_BODY)
    shape = normal.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape.widow_control = True


def _set_heading(document: Document, *, level: int) -> None:
    """Word's own heading styles, so that the navigation pane works, without their blue and their theme fonts."""
    style = _paragraph_style(document, f"Heading {level}")
    xml.dress_type(style.element.get_or_add_rPr(), size=m.SIZE_BODY)
    style.font.bold, style.font.italic = level < 3, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(m.SPACE_AFTER)
    shape.line_spacing, shape.first_line_indent = m.LINE_SPACING, Mm(m.FIRST_LINE)
    shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    shape.keep_with_next = True


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style in the document template")
    return style


def _set_properties(document: Document, paper: Paper) -> None:
    """An office is named as author, never a person."""
    core = document.core_properties
    core.title, core.subject, core.language = paper.title, " ".join(paper.subject), xml.LANGUAGE
    core.author, core.last_modified_by = paper.issuer_name, ""
    core.comments, core.keywords, core.category = "", "", paper.kind
    core.revision = 1
    core.created = core.modified = paper.made_at.astimezone(UTC)


def _set_compatibility(document: Document) -> None:
    """Keeps Word out of its compatibility mode."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    compat = xml.element("w:compat")
    setting = xml.element("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=WORD_2013)
    compat.append(setting)
    anchor = settings.find(qn("w:rsids"))
    settings.insert(len(settings) if anchor is None else settings.index(anchor), compat)
    for old in settings.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), xml.LANGUAGE)
