"""An address that only changes something, opened from a link or the address bar, answers with a page that leads back."""

import pytest

from tests.cast import signed_in_client

pytestmark = pytest.mark.django_db
ADDRESS = "/rules/currency/2015-04-01/rule.310.months/withdraw/"
BACK = "/rules/currency/2015-04-01/"


@pytest.mark.parametrize(("referer", "back"), [
    (f"http://testserver{BACK}", f'href="{BACK}"'), ("", 'href="/"'), ("https://elsewhere.example.org/x/", 'href="/"'),
    (f"http://testserver{ADDRESS}", 'href="/"'),
])
def test_it_says_so_in_words_and_leads_back(referer, back):
    answer = signed_in_client("data_officer").get(ADDRESS, headers={"referer": referer})
    page = answer.content.decode()
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nothing has been changed" in page
    assert back in page.partition("<main")[2]
    assert "elsewhere" not in page


def test_other_addresses_and_ways_alike():
    client = signed_in_client("data_officer")
    for answer in (client.get("/code-lists/activity/250/always/withdraw/"), client.post("/rules/")):
        assert answer.status_code == 405
        assert "Nothing is shown at this address" in answer.content.decode()
