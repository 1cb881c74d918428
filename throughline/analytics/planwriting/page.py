"""A report as a web page that prints: the page WeasyPrint lays out, and one that a browser shows as it is."""

from html import escape

from throughline.analytics.planwriting.facts import day
from throughline.analytics.planwriting.report import (
    Block,
    Bullets,
    Cell,
    Column,
    Figures,
    Heading,
    Paragraph,
    Report,
    Table,
    cell,
    lines_of,
    listed_headings,
    plain,
    title_of,
)
from throughline.analytics.planwriting.style import (
    BAND,
    BODY_POINTS,
    FONTS,
    HEADING_POINTS,
    INK,
    MARGIN_MM,
    PAPER,
    QUIET,
    RULE,
    TABLE_POINTS,
    TINT,
    TITLE_POINTS,
    TONES,
    shares,
)


def report_html(report: Report) -> str:
    """The report as one page that stands by itself: its style inside it, nothing fetched from anywhere."""
    title = escape(title_of(report))
    return "\n".join([
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        f'<head><meta charset="utf-8"><title>{title}</title>{_said(report)}<style>{_css(report)}</style></head>',
        f"<body><main>{_front(report, title)}{_contents(report)}",
        *(_block(block, place) for place, block in enumerate(report.blocks)),
        *_footnotes(report),
        "</main></body></html>",
    ])


def _said(report: Report) -> str:
    """What the head says of the document, which WeasyPrint puts among the PDF's properties."""
    author = f'<meta name="author" content="{escape(plain(report.author))}">' if report.author else ""
    made = f'<meta name="dcterms.created" content="{report.as_at.isoformat()}">' if report.as_at else ""
    return author + made


def _front(report: Report, title: str) -> str:
    subtitle = f'<p class="subtitle">{escape(plain(report.subtitle))}</p>' if report.subtitle else ""
    status = f'<p class="status">{escape(plain(report.status))}</p>' if report.status else ""
    details = "".join(f"<p><strong>{escape(label)}:</strong> {escape(plain(words))}</p>" for label, words in report.details)
    return f'<header>{subtitle}<h1 class="title">{title}</h1>{status}<div class="details">{details}</div></header>'


def _contents(report: Report) -> str:
    """Where each part begins, when there are enough of them to look for."""
    headings = listed_headings(report)
    if not headings:
        return ""
    lines = "".join(
        f'<li class="deep{block.level}"><a href="#part{place}">{escape(plain(block.text))}</a></li>' for place, block in headings
    )
    return f'<nav aria-label="Contents"><h2>Contents</h2><ol>{lines}</ol></nav>'


def _block(block: Block, place: int) -> str:
    """One block as markup. place names a heading's anchor."""
    match block:
        case Heading(text, level):
            tag = f"h{min(level + 1, 6)}"
            return f'<{tag} id="part{place}">{escape(plain(text))}</{tag}>'
        case Paragraph(text, label):
            return _paragraphs(text, label)
        case Bullets(items):
            return _list(items)
        case Figures(pairs):
            shown = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in pairs)
            return f'<dl class="figures">{shown}</dl>'
        case Table():
            return _table(block)


def _paragraphs(text: str, label: str) -> str:
    first, *rest = lines_of(text) or ("",)
    strong = f"<strong>{escape(label)}</strong> " if label else ""
    return f"<p>{strong}{escape(first)}</p>" + "".join(f"<p>{escape(line)}</p>" for line in rest)


def _list(items: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(plain(item))}</li>" for item in items) + "</ul>"


def _table(table: Table) -> str:
    widths = shares([column.width for column in table.columns], 100)
    columns = "".join(f'<col style="width:{width:.2f}%">' for width in widths)
    heads = "".join(f'<th scope="col"{_aligned(column)}>{escape(plain(column.heading))}</th>' for column in table.columns)
    rows = "".join(f"<tr>{_row(table, row)}</tr>" for row in ([cell(value) for value in row] for row in table.rows))
    note = f'<p class="note">{escape(plain(table.note))}</p>' if table.note else ""
    named = f' aria-label="{escape(plain(table.caption))}"' if table.caption else ""
    return f"<table{named}><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{note}"


def _row(table: Table, row: list[Cell]) -> str:
    return "".join(
        f"<td{_aligned(column)}{_toned(held)}>{_cell(held)}</td>" for column, held in zip(table.columns, row, strict=True)
    )


def _aligned(column: Column) -> str:
    return ' data-amount=""' if column.amounts else ""


def _toned(held: Cell) -> str:
    return f' class="{held.tone}"' if held.tone else ""


def _cell(held: Cell) -> str:
    if held.listed:
        return _list(held.lines)
    if len(held.lines) == 1:
        return escape(held.lines[0])  # a paragraph of its own would double the boxes to be laid out
    return "".join(f"<p>{escape(line)}</p>" for line in held.lines)


def _footnotes(report: Report) -> list[str]:
    if not report.footnotes:
        return []
    notes = "".join(f"<li>{escape(plain(note))}</li>" for note in report.footnotes)
    return [f'<section class="notes"><h2>Notes</h2><ol>{notes}</ol></section>']


def _css(report: Report) -> str:
    """The style of the page: colours and sizes from style.py, the running foot with the title and the page's number."""
    running = title_of(report) if report.as_at is None else f"{title_of(report)}, as at {day(report.as_at)}"
    words = running.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    tones = "".join(f"td.{name}{{background:#{tone.paper};color:#{tone.ink}}}" for name, tone in TONES.items())
    sizes = "".join(f"h{level}{{font-size:{points}pt}}" for level, points in enumerate(HEADING_POINTS[:5], start=2))
    fonts = ", ".join(f'"{font}"' if " " in font else font for font in FONTS)
    foot = f"font:8.5pt {fonts};color:#{QUIET};vertical-align:top;padding-top:2mm;border-top:.5pt solid #{RULE}"
    return f"""
@page{{size:A4 landscape;margin:{MARGIN_MM}mm {MARGIN_MM}mm 18mm;
@bottom-left{{content:"{words}";width:80%;{foot}}}
@bottom-right{{content:"Page " counter(page) " of " counter(pages);width:20%;text-align:right;{foot}}}}}
body{{font:{BODY_POINTS}pt/1.35 {fonts};color:#{INK};
background:#{PAPER};margin:0}}
h1,h2,h3,h4,h5,h6{{color:#{BAND};line-height:1.2;margin:1.1em 0 .4em;break-after:avoid}}
h1{{font-size:{TITLE_POINTS}pt;margin:.1em 0 .3em}}{sizes}
p{{margin:0 0 .5em}}ul,ol{{margin:0 0 .6em;padding-left:1.4em}}li{{margin-bottom:.25em}}
header{{border-top:4pt solid #{BAND};padding-top:4mm;margin-bottom:5mm}}
.subtitle{{color:#{QUIET};font-size:13pt;margin:0}}.status{{font-weight:bold;font-size:12pt}}
.details p{{margin:0 0 .15em}}
nav{{background:#{TINT};padding:2.5mm 5mm;margin-bottom:6mm}}nav h2{{margin-top:0}}nav ol{{list-style:none;padding:0}}
nav a{{color:#{BAND};text-decoration:none}}nav a::after{{content:leader(".") target-counter(attr(href),page)}}
nav li{{margin-bottom:.1em;font-size:9.5pt}}nav .deep2{{margin-left:6mm}}
table{{width:100%;border-collapse:collapse;table-layout:fixed;font-size:{TABLE_POINTS}pt;margin:2mm 0 5mm}}
th{{background:#{BAND};color:#{PAPER};text-align:left}}thead{{display:table-header-group}}tr{{break-inside:avoid}}
th,td{{border:.5pt solid #{RULE};padding:1.2mm 1.4mm;vertical-align:top;overflow-wrap:break-word}}
td{{hyphens:auto;hyphenate-limit-chars:12 5 4}}
td p{{margin:0 0 .35em}}td p:last-child,td ul,td li:last-child{{margin-bottom:0}}td ul{{padding-left:1.1em}}
[data-amount]{{text-align:right}}
.figures{{display:flex;gap:4mm;margin:0 0 5mm}}
.figures div{{background:#{TINT};border-left:3pt solid #{BAND};padding:2mm 4mm}}
.figures dt{{font-size:{TABLE_POINTS}pt}}.figures dd{{margin:0;font-size:18pt;font-weight:bold}}
.note,.notes{{font-size:{TABLE_POINTS}pt;color:#{QUIET}}}{tones}"""
