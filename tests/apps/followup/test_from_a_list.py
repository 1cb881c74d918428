"""Who works through a list comes back to it, as it was narrowed, at whoever comes next."""

from urllib.parse import urlencode

import pytest

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import page_of
from throughline.apps.followup.views import worklist


def _log_link(page, learner) -> str:
    [link] = [each.get("href") for each in page.findall(".//main//a") if f"/learners/{learner.pk}/log/" in each.get("href")]
    return link


@pytest.mark.parametrize("through_their_page", [False, True])
def test_who_came_from_a_list_comes_back_to_it_as_it_was_narrowed_at_the_next_one(client, enrol, through_their_page):
    first, second = enrol("Ade", code="619", ago=200), enrol("Bo", code="619", ago=120)
    here = "/follow-up/lists/neet_overdue/?district=E07999901&order=waiting"
    listed = page_of(client.get(here))
    rows = {each.get("id"): each for each in listed.findall(".//tr[@id]")}
    assert list(rows) == [f"learner-{first.pk}", f"learner-{second.pk}"]
    back = f"{here}#learner-{second.pk}"
    asked = _log_link(listed, first)
    if through_their_page:
        theirs = page_of(client.get(rows[f"learner-{first.pk}"].find(".//a").get("href")))
        assert theirs.find(".//a[@class='govuk-back-link']").get("href") == back
        asked = _log_link(theirs, first)
    form = client.get(asked)
    assert {each.get("href") for each in page_of(form).iter("a") if each.text in ("Back", "Cancel")} == {back}
    answer = client.post(asked, {**boxes(form), "channel": "telephone", "outcome": "reached_young_person"})
    assert answer.url == back
    again = page_of(client.get(here))
    assert [each.get("id") for each in again.findall(".//tr[@id]")] == [f"learner-{second.pk}"]
    assert "The contact with Okafor, Ade is logged." in " ".join(again.find(".//div[@class='app-messages']").itertext())
    assert _log_link(again, second).endswith("order%3Dwaiting"), "nobody comes after the last"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "/\\example.com", "lists/"])
def test_nobody_is_sent_to_an_address_that_is_not_ours(client, enrol, elsewhere):
    learner = enrol()
    typed = {"channel": "telephone", "outcome": "reached_young_person", **day_in("on", TODAY)}
    answer = client.post(f"/follow-up/learners/{learner.pk}/log/?{urlencode({'next': elsewhere})}", typed)
    assert answer.url == f"/follow-up/learners/{learner.pk}/"


@pytest.mark.parametrize(("narrowed", "on_page", "to"), [("", 50, 0), ("&officer=nobody", 50, 1), ("&officer=nobody", 1, 1)])
def test_claiming_comes_back_to_the_row_or_to_the_next_where_it_leaves_the_list_and_logging_to_one_that_is_on_the_page(
    client, enrol, monkeypatch, narrowed, on_page, to,
):
    monkeypatch.setattr(worklist, "A_PAGE", on_page)
    both = [enrol("Ade", ago=200), enrol("Bo", ago=120)]
    here = f"/follow-up/lists/neet_overdue/?order=waiting{narrowed}"
    listed = page_of(client.get(here))
    logged = both[0] if on_page == 1 else both[1]  # whether who is logged leaves the list is not known before
    assert _log_link(listed, both[0]).endswith(f"%23learner-{logged.pk}")
    forms = listed.findall(".//main//form[@class='app-button-form']")
    address = f"/follow-up/learners/{both[0].pk}/claim/"
    [back] = [form.find("./input[@name='next']").get("value") for form in forms if form.get("action") == address]
    assert client.post(address, {"next": back}).url == f"{here}#learner-{both[to].pk}"
