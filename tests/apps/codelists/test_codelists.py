"""What officers say of codes holds everywhere, with its source, and can be taken back."""

import pytest
from django.urls import reverse

from tests.cast import make_user, signed_in_client
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.codelists import actions, queries
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db
FORM = {"label": "Part-time education", "family": "education", "group": "participating",
        "participation_type": "part_time_education", "duty_class": "participating", "sensitive": "no", "valid_from": "",
        "valid_to": "", "confidence": "high", "source": "The requirement of 2026-27, page 12",
        "reason": "Read in the new requirement"}
ADDRESS = ("codelists:amend", ["activity", "250"])


def duty() -> str:
    return queries.codeset("activity").by_code["250"].facts["duty_class"]


def amended(**says: str) -> None:
    actions.amend(by=make_user("data_officer"), codeset="activity", code="250", says=says, reason="Read in the requirement")


def test_an_amendment_holds_and_its_withdrawal_brings_the_file_back():
    assert duty() == "working_towards"
    amended(duty_class="participating")
    assert duty() == "participating"
    assert queries.as_in_file("activity").by_code["250"].facts["duty_class"] == "working_towards"
    actions.withdraw(by=make_user("data_officer", email="other@example.org"), codeset="activity", code="250")
    assert duty() == "working_towards"
    assert len(queries.history("activity", "250")) == 1


def test_the_latest_amendment_holds_whole():
    amended(duty_class="participating", label="Part-time study")
    amended(label="Study, part-time")
    code = queries.codeset("activity").by_code["250"]
    assert (code.label, code.facts["duty_class"]) == ("Study, part-time", "working_towards")


def test_what_the_file_could_not_hold_is_refused():
    with pytest.raises(RefusedFileError):
        amended(valid_from="2020-13-01")
    assert queries.held("activity") == {}


def test_other_codes_and_lists_stay_as_they_are():
    before = queries.as_in_file("activity")
    amended(duty_class="participating")
    after = queries.codeset("activity")
    assert [code for code in after.codes if code.code != "250"] == [code for code in before.codes if code.code != "250"]


def test_an_officer_puts_a_code_right_on_its_page():
    client = signed_in_client("data_officer")
    page = client.post(reverse(ADDRESS[0], args=ADDRESS[1]), FORM, follow=True).content.decode()
    assert "Code 250 was changed" in page
    assert "Read in the new requirement" in page
    assert duty() == "participating"
    entry = AuditEntry.objects.filter(room="codelists", verb="changed").get()
    assert (entry.subject_label, entry.detail) == ("activity 250", {"columns": ["confidence", "duty_class", "source"]})


@pytest.mark.parametrize(("field", "value", "told"), [
    ("valid_from", "1 April", "Write the date as 2020-04-01"), ("group", "happy", "happy is not one of the available choices"),
    ("reason", "", "Enter why it is changed"),
])
def test_bad_input_is_answered_and_changes_nothing(field, value, told):
    answer = signed_in_client("data_officer").post(reverse(ADDRESS[0], args=ADDRESS[1]), FORM | {field: value})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert queries.held("activity") == {}


def test_the_page_says_how_sure_each_code_is():
    page = signed_in_client("councillor").get(reverse("codelists:list", args=["guarantee_status"])).content.decode()
    assert "label inferred" in page
    assert "Change" not in page.split("<tbody")[1]


def test_there_is_no_other_list_or_code():
    client = signed_in_client("data_officer")
    for name, args in (("list", ["nothing"]), ("amend", ["activity", "999"])):
        assert client.get(reverse(f"codelists:{name}", args=args)).status_code == 404
