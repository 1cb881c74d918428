"""The navigation leads to pages that exist, marks the one being read, and shows each person theirs."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from throughline.config.navigation import FOOTER, NAVIGATION
from throughline.ui.navigation import Entry, Group, links, menus

ENTRIES_OF_GROUPS = [entry for group in NAVIGATION for entry in group.entries]


@pytest.mark.parametrize("entry", dict.fromkeys([*ENTRIES_OF_GROUPS, *FOOTER]), ids=lambda entry: entry.url_name)
def test_every_entry_leads_to_a_page(entry):
    assert reverse(entry.url_name)


def test_an_entry_whose_page_is_not_there_is_left_out():
    assert [link.label for link in links([Entry("Here", "health"), Entry("Gone", "nowhere")], "/")] == ["Here"]


ENTRIES = [Entry("Empty", "empty", beneath="/nested/"), Entry("Accessibility", "accessibility")]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/empty/", ["Empty"]),
        ("/empty/deeper/", ["Empty"]),
        ("/accessibility/", ["Accessibility"]),
        ("/nested/deeper/", ["Empty"]),
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


GROUPS = [
    Group("Open group", (Entry("Open", "empty"), Entry("Guarded", "accessibility", "see_audit"))),
    Group("Closed group", (Entry("Alone", "health", "see_audit"),)),
]


@pytest.mark.parametrize(
    ("held", "path", "labels", "current"),
    [
        (set(), "/empty/", {"Open group": ["Open"]}, ["Open group"]),
        ({"see_audit"}, "/accessibility/", {"Open group": ["Open", "Guarded"], "Closed group": ["Alone"]}, ["Open group"]),
        ({"see_audit"}, "/health/", {"Open group": ["Open", "Guarded"], "Closed group": ["Alone"]}, ["Closed group"]),
        ({"see_audit"}, "/elsewhere/", {"Open group": ["Open", "Guarded"], "Closed group": ["Alone"]}, []),
    ],
)
def test_a_person_sees_the_groups_and_entries_they_may_open(held, path, labels, current):
    found = menus(GROUPS, path, held.__contains__)
    assert {menu.label: [link.label for link in menu.links] for menu in found} == labels
    assert [menu.label for menu in found if menu.current] == current


def test_a_group_leads_to_the_first_of_its_pages_that_is_open_to_the_reader():
    [menu] = menus([Group("Group", (Entry("No", "health", "no"), Entry("Yes", "empty")))], "/", {"yes"}.__contains__)
    assert menu.address == reverse("empty")


def test_the_pages_of_the_group_being_read_are_in_a_line_of_their_own():
    navigation = menus(GROUPS, "/accessibility/", {"see_audit"}.__contains__)
    page = render_to_string("ui/empty.html", {"user": Reader(), "navigation": navigation, "csrf_input": ""})
    assert 'aria-label="Open group"' in page
    assert '<a class="app-pages__link" href="/accessibility/" aria-current="page">Guarded</a>' in page
    assert "Alone" not in page, "the pages of another group are behind its label"
