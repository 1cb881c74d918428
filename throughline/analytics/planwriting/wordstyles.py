"""The styles of our Word documents: typeface, colours and lists, set once so that an officer can change them in one place."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from throughline.analytics.planwriting import style

# The ids that the library gives our styles, which it names "Table text" and so on.
TABLE_TEXT, TABLE_HEADING, TABLE_BULLET = "Tabletext", "Tableheading", "Tablebullet"


def set_styles(document: Any) -> None:
    """Give a new document our styles, and make its language British English."""
    for held in document.styles:
        if held.type == WD_STYLE_TYPE.PARAGRAPH and held.element.rPr is not None:
            _set_font(held)
    _speak_english(document)
    _leave_the_template_behind(document)
    normal = document.styles["Normal"]
    _set_font(normal)
    _shape(normal, style.BODY_POINTS, style.INK, after=5)
    _set_titles(document)
    for level, points in enumerate(style.HEADING_POINTS, start=1):
        heading = document.styles[f"Heading {level}"]
        _shape(heading, points, style.BAND, before=12 if level < 3 else 8, after=4, bold=True)
        heading.font.italic = False
    _shape(document.styles["TOC Heading"], style.HEADING_POINTS[1], style.BAND, before=8, after=4, bold=True)
    for name in ("List Bullet", "List Number"):
        _shape(document.styles[name], style.BODY_POINTS, style.INK, after=3)
    _shape(document.styles["Footer"], 8.5, style.QUIET)
    _add_table_styles(document)


def shade(box: Any, colour: str) -> None:
    """Fill a cell of a table with a colour, given as six hexadecimal digits."""
    filled = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        filled.set(qn(f"w:{name}"), value)
    box._tc.get_or_add_tcPr().append(filled)


def _set_titles(document: Any) -> None:
    title = document.styles["Title"]
    _shape(title, style.TITLE_POINTS, style.BAND, after=6, bold=True)
    border = title.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)
    subtitle = document.styles["Subtitle"]
    _shape(subtitle, 13, style.QUIET, after=0)
    subtitle.font.italic = False


def _add_table_styles(document: Any) -> None:
    """Paragraphs inside tables: text, a heading, an entry of a list, and the note beneath."""
    for name, colour in (("Table text", style.INK), ("Table heading", style.PAPER), ("Table note", style.QUIET)):
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        _shape(made, style.TABLE_POINTS, colour, after=2, bold=name == "Table heading")
    document.styles["Table heading"].paragraph_format.keep_with_next = True
    bullet = document.styles.add_style("Table bullet", WD_STYLE_TYPE.PARAGRAPH)
    bullet.base_style = document.styles["List Bullet"]
    _shape(bullet, style.TABLE_POINTS, style.INK, after=2)
    bullet.paragraph_format.left_indent, bullet.paragraph_format.first_line_indent = Mm(3.5), Mm(-3.5)


def _shape(held: Any, points: float, colour: str, before: float = 0, after: float = 0, bold: bool = False) -> None:
    held.font.size, held.font.bold = Pt(points), bold
    held.font.color.rgb = RGBColor.from_string(colour)
    held.paragraph_format.space_before, held.paragraph_format.space_after = Pt(before), Pt(after)
    held.paragraph_format.line_spacing = 1.1


def _set_font(held: Any) -> None:
    """One typeface by name, in place of the theme's: a theme's font wins over a name."""
    fonts = held.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), style.WORD_FONT)


def _speak_english(document: Any) -> None:
    """The language that spelling is checked in and the text is read aloud in."""
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), "en-GB")
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), "en-GB")


def _leave_the_template_behind(document: Any) -> None:
    """Drop the picture of the library's empty page, and the setting that makes Word say "Compatibility Mode"."""
    links = document.part.package.rels
    for name in [name for name, link in links.items() if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        links.pop(name)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
