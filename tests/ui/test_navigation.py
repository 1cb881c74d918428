"""The navigation leads to pages that exist, marks the one being read, and shows each person theirs."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from throughline.config.navigation import FOOTER, NAVIGATION
from throughline.ui.navigation import Entry, Link, links


@pytest.mark.parametrize("entry", {*NAVIGATION, *FOOTER}, ids=lambda entry: entry.url_name)
def test_every_entry_leads_to_a_page(entry):
    assert reverse(entry.url_name)


def test_an_entry_whose_page_is_not_there_is_left_out():
    assert [link.label for link in links([Entry("Here", "health"), Entry("Gone", "nowhere")], "/")] == ["Here"]


ENTRIES = [Entry("Empty", "empty"), Entry("Accessibility", "accessibility")]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/empty/", ["Empty"]),
        ("/empty/deeper/", ["Empty"]),
        ("/accessibility/", ["Accessibility"]),
        ("/elsewhere/", []),
    ],
)
def test_the_entry_of_the_page_being_read_is_marked(path, current):
    assert [link.label for link in links(ENTRIES, path) if link.current] == current


class Reader:
    """A person as the base page sees one."""

    is_authenticated = True
    email = "officer@example.org"

    def get_full_name(self):
        return "An Officer"


@pytest.mark.parametrize(
    ("held", "shown", "hidden"), [(set(), "Open", "Guarded"), ({"see_audit"}, "Guarded", "Nothing else")]
)
def test_a_person_sees_the_entries_they_may_open(held, shown, hidden):
    navigation = [Link("Open", "/a/", None, False), Link("Guarded", "/b/", "see_audit", False)]
    context = {"user": Reader(), "navigation": navigation, "may": lambda p: p in held, "csrf_input": ""}
    page = render_to_string("ui/empty.html", context)
    assert shown in page
    assert hidden not in page
