"""Tables, downloads and the small pieces of a page."""

from xml.etree import ElementTree

import pytest
from django.core.paginator import Paginator
from django.template import engines


def render(source, **context):
    return engines["jinja2"].from_string(source).render(context)


TABLE = """{% from 'ui/tables.html' import table_frame %}{% call table_frame('ks4', 'A & B') %}<tbody></tbody>{% endcall %}"""
SUMMARY = """{% from 'ui/forms.html' import problem_summary with context %}
{{ problem_summary(problems, 'Nothing was loaded', 'So <b>.') }}"""


def test_a_table_can_be_scrolled_by_keyboard_and_is_named_by_its_caption():
    region = ElementTree.fromstring(render(TABLE))
    caption = region.find("table/caption")
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.get("aria-labelledby") == caption.get("id")
    assert caption.text == "A & B"
    assert region.find("table/tbody") is not None


def test_a_summary_of_problems_is_announced_and_leads_to_each_box():
    shown = ElementTree.fromstring(render(SUMMARY, problems=[{"text": "Enter a <name>", "href": "#name"}, {"text": "And so on"}]))
    assert shown.find("div").get("role") == "alert"
    assert [(link.get("href"), link.text.strip()) for link in shown.iter("a")] == [("#name", "Enter a <name>")]
    assert [" ".join("".join(part.itertext()).split()) for part in (shown.find(".//h2"), shown.find(".//p"))] == [
        "Nothing was loaded", "So <b>."]
    assert "And so on" in "".join(shown.itertext())


def test_downloads_name_what_they_are_of_and_leave_out_what_is_not_offered():
    offered = "download_links('the trend', csv='/a.csv', png='/a.png')"
    source = "{% from 'ui/downloads.html' import download_links %}{{ " + offered + " }}"
    links = ElementTree.fromstring(render(source).replace(" download>", ">")).findall("li/a")
    assert [link.get("href") for link in links] == ["/a.csv", "/a.png"]
    assert ["".join(link.itertext()) for link in links] == ["Download CSV of the trend", "Download PNG of the trend"]


PAGES = "{% from 'ui/components.html' import pagination %}{{ pagination(page, {'q': 'a & b', 'page': 9}) }}"


@pytest.mark.parametrize(("number", "prev", "after"), [(1, None, "2"), (3, "2", "4"), (5, "4", None)])
def test_pagination_keeps_what_was_asked_for(number, prev, after):
    nav = ElementTree.fromstring(render(PAGES, page=Paginator(range(50), 10).page(number)))
    by_way = {link.get("rel"): link.get("href") for link in nav.iter("a")}
    expected = {"prev": prev, "next": after}
    assert {way: by_way.get(way) for way in expected} == {
        way: page and f"?q=a+%26+b&page={page}" for way, page in expected.items()
    }
    assert [link.text for link in nav.iter("a") if link.get("aria-current")] == [str(number)]


def test_one_page_needs_no_pagination():
    assert render(PAGES, page=Paginator(range(5), 10).page(1)).strip() == ""
