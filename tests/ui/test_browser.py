"""The shared furniture in a browser, wide and narrow: axe finds nothing, nothing overflows, no script is needed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import engines

from throughline.ui.navigation import Link

BUILT = settings.ROOT / "throughline" / "ui" / "static" / "built" / "throughline.css"
WIDTHS = [1280, 375]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGE = """
{% extends 'ui/page.html' %}
{% from 'ui/forms.html' import render_form with context %}
{% from 'ui/tables.html' import table_frame %}
{% from 'ui/downloads.html' import download_links %}
{% from 'ui/components.html' import back_link, breadcrumbs, pagination, summary_list, tag, warning %}
{% block title %}Everything{% endblock %}
{% block before_content %}{{ breadcrumbs([('Scorecard', '/')]) }}{{ back_link('/') }}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">Everything</h1>
<p class="govuk-body">{{ tag('Provisional', 'blue') }}</p>
{{ warning('Take care') }}
<div class="govuk-inset-text">Nothing is changed here. They are changed in definitions/rules/contact_outcomes.toml.</div>
{{ summary_list([('Role', 'Data officer', '/', 'Change'), ('Made', 'today')]) }}
{% for kind in ('', 'app-table--stacks') %}
{% call table_frame('all' ~ kind, 'Key stage 4' ~ (', stacked' if kind), kind=kind) %}
<thead role="rowgroup"><tr role="row"><th scope="col">Measure</th>
{% for key in keys %}<th scope="col">{{ key }}</th>{% endfor %}
</tr></thead>
<tbody role="rowgroup">
{% for row in rows %}
<tr role="row"><th scope="row" role="rowheader">{{ row.measure }}</th>
{% for key in keys %}<td role="cell" data-label="{{ key }}">{{ row[key] }}</td>{% endfor %}
</tr>
{% endfor %}
</tbody>
{% endcall %}
{% endfor %}
{{ download_links('key stage 4', csv='/a.csv', xlsx='/a.xlsx', svg='/a.svg', png='/a.png') }}
{{ pagination(listed, {'q': 'a'}) }}
{{ render_form(form, cancel='/') }}
{% endblock %}
"""


class Asked(forms.Form):
    """A few fields, refused."""

    email = forms.EmailField(help_text="The one your council gave you")
    password = forms.CharField(widget=forms.PasswordInput)
    counted_on = forms.DateField(widget=forms.SelectDateWidget)
    model = forms.ChoiceField(choices=[("2021", "2021"), ("2025", "2025")], widget=forms.RadioSelect)
    file = forms.FileField()


class Reader:
    """A person as the base page sees one."""

    is_authenticated = True
    email = "officer@example.org"

    def get_full_name(self):
        return "A Strategy Officer with a Long Name"


def everything():
    show = engines["jinja2"].env.filters
    trend = show["sparkline"]([("2022", 1, False), ("2023", None, False), ("2024", 2, False), ("2025", 3, True)])
    rows = [
        {"measure": f"NEET or not known, age 16 to 17, {band}", "trend": trend, "band": show["band"](band),
         "value": show["figure"](value, status), "change": show["change"](change, "higher_is_better")}
        for band, value, status, change in [
            ("A", 5.8, "final", 1), ("B", 5.8, "provisional", -1), ("C", None, "suppressed", 0),
            ("D", None, "not_available", None), (1, 1, None, 1), (2, 1, None, 1), (3, 1, None, 1), (4, 1, None, 1),
            (5, 1, None, 1),
        ]
    ]
    return {
        "keys": ("value", "change", "band", "trend"), "rows": rows, "form": Asked({}),
        "listed": Paginator(range(300), 10).page(7),
        "user": Reader(), "role_title": "Strategy lead", "demonstration": True, "csrf_input": "",
        "navigation": [Link(f"Room {n}", "/", None, n == 1) for n in range(8)],
        "footer": [Link("Roles", "/", None, False)],
    }


@pytest.fixture
def open_page(page):
    def show(width):
        page.set_viewport_size({"width": width, "height": 900})
        # Without a server there is nowhere to fetch styles and scripts from; the styles are put in by hand.
        page.route("**/*", lambda route: route.abort())
        page.set_content(engines["jinja2"].from_string(PAGE).render(everything()), wait_until="domcontentloaded")
        page.add_style_tag(content=BUILT.read_text())
        return page

    if not BUILT.exists():
        pytest.skip("the styles have not been built; npm ci and npm run build make them")
    return show


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(open_page, width):
    found = Axe().run(open_page(width), options=RULES).response
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found["violations"]] == []
    assert len(found["passes"]) > 30


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_no_wider_than_the_window(open_page, width):
    assert open_page(width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_the_navigation_is_there_without_script(open_page, width):
    links = open_page(width).get_by_role("navigation", name="Menu").get_by_role("link")
    assert [link.is_visible() for link in links.all()] == [True] * 8


def test_on_paper_there_is_nothing_to_click(open_page):
    page = open_page(1280)
    page.emulate_media(media="print")
    for role, name in (("navigation", "Menu"), ("button", "Sign out"), ("list", "Download key stage 4")):
        assert page.get_by_role(role, name=name).count() == 0
    assert page.get_by_role("table", name="Key stage 4", exact=True).is_visible()
