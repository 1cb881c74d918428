"""What may become of an indicator: every change is kept with its reason, what was there, and can be undone."""

import pytest

from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.indicators import actions
from throughline.apps.indicators.actions import ChangedMeanwhileError, RefusedChangeError
from throughline.apps.indicators.actions.changing import version_of
from throughline.apps.indicators.meaning import meaning_of
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.queries import indicators_of, narrowed


@pytest.fixture
def by(db):
    return make_user("data_officer")


def _last(indicator):
    change = indicator.changes.first()
    return change.kind, change.reason, change.before, change.after


def test_an_amendment_keeps_what_was_there_and_reads_the_target_again(registered, by):
    made = registered(target_words="at least 50% by 2026", unit="%")
    actions.amend_indicator(by=by, indicator=made, reason="The board agreed more.", target_words="at least 60% by March 2027")
    made.refresh_from_db()
    assert (meaning_of(made).parts[0].value, made.due_on.isoformat()) == (60.0, "2027-03-31")
    assert _last(made) == ("amended", "The board agreed more.", {"target_words": "at least 50% by 2026"},
                           {"target_words": "at least 60% by March 2027"})
    assert AuditEntry.objects.filter(room="indicators").first().detail == {
        "target_words": ["at least 50% by 2026", "at least 60% by March 2027"]}


def test_a_new_baseline_in_words_is_a_new_number(registered, by):
    made = registered(baseline_printed="to be determined")
    actions.amend_indicator(by=by, indicator=made, reason="It is known now.", baseline_printed="41.5 (2024)")
    made.refresh_from_db()
    assert (made.baseline_value, made.baseline_period) == (41.5, "2024")
    assert _last(made)[2:] == (
        {"baseline_printed": "to be determined", "baseline_value": None, "baseline_period": ""},
        {"baseline_printed": "41.5 (2024)", "baseline_value": 41.5, "baseline_period": "2024"})


def test_another_measure_brings_its_unit_and_its_direction_with_it(registered, by):
    made = registered("Take-up", target_words="5", unit="number")
    actions.amend_indicator(by=by, indicator=made, reason="It is published.", measure="neet_16_17")
    made.refresh_from_db()
    assert (made.unit, made.decimals, made.polarity) == ("percent", 1, "lower_is_better")
    assert meaning_of(made).parts[0].unit == "percent", "the words are read again in the measure's unit"


def test_a_change_of_nothing_keeps_nothing_and_asks_for_no_reason(registered, by):
    made = registered(cohort="Boys")
    actions.amend_indicator(by=by, indicator=made, reason="", cohort="Boys")
    assert made.changes.count() == 1


@pytest.mark.parametrize(
    ("fields", "reason", "said"),
    [({"cohort": "Girls"}, " ", "Say why"), ({"area": "202"}, "Moved", "cannot be amended"),
     ({"measure": "nothing"}, "Why not", "No measure is called")],
)
def test_an_amendment_that_makes_no_sense_is_refused(registered, by, fields, reason, said):
    made = registered()
    with pytest.raises(RefusedChangeError, match=said):
        actions.amend_indicator(by=by, indicator=made, reason=reason, **fields)
    assert made.changes.count() == 1


def test_a_form_that_somebody_overtook_is_refused_with_what_now_stands(registered, by):
    made = registered(cohort="Boys")
    seen = version_of(made)
    actions.amend_indicator(by=by, indicator=made, reason="First", seen=seen, cohort="Girls")
    with pytest.raises(ChangedMeanwhileError) as caught:
        actions.amend_indicator(by=by, indicator=made, reason="Second", seen=seen, cohort="Both")
    assert caught.value.current["cohort"] == "Girls"
    assert Indicator.objects.get().cohort == "Girls"


def test_an_old_number_is_kept_and_still_finds_it(registered, by):
    made = registered(number="KPI 8")
    registered("Another", number="KPI 9")
    actions.renumber(by=by, indicator=made, number="KPI 14", reason="The refresh gives 8 to another.")
    assert _last(made) == ("renumbered", "The refresh gives 8 to another.", {"number": "KPI 8"}, {"number": "KPI 14"})
    assert [str(one) for one in narrowed(indicators_of(by), words="KPI 8")] == [f"KPI 14 {made.title}"]
    assert [one.number for one in narrowed(indicators_of(by), words="KPI 14")] == ["KPI 14"]
    with pytest.raises(RefusedChangeError, match="already has"):
        made.refresh_from_db()
        actions.renumber(by=by, indicator=made, number="KPI 14", reason="Again")


def test_one_merged_into_another_leads_there_and_can_be_brought_back(registered, by):
    made, other = registered("Starts", number="KPI 10"), registered("All starts", number="KPI 12")
    actions.merge(by=by, indicator=made, into=other, reason="Both count starts.")
    made.refresh_from_db()
    assert (made.state, made.merged_into, made.state_reason) == ("merged", other, "Both count starts.")
    assert _last(other)[3] == {"took_in": "KPI 10 Starts", "took_in_id": made.pk}
    assert [one.number for one in narrowed(indicators_of(by))] == ["KPI 12"]
    actions.restore(by=by, indicator=made)
    made.refresh_from_db()
    assert (made.state, made.merged_into, made.state_reason) == ("active", None, "")
    assert _last(made)[2]["state"] == "merged"


def test_a_retired_one_leaves_the_lists_with_its_reason_and_can_be_brought_back(registered, by):
    made = registered()
    actions.retire(by=by, indicator=made, reason="The source was stopped.")
    assert not narrowed(indicators_of(by)).exists()
    assert narrowed(indicators_of(by), state="retired").get().state_reason == "The source was stopped."
    with pytest.raises(RefusedChangeError, match="already out of use"):
        actions.retire(by=by, indicator=made, reason="Again")
    actions.restore(by=by, indicator=made, reason="It is back.")
    assert [change.kind for change in made.changes.all()] == ["restored", "retired", "created"]
    with pytest.raises(RefusedChangeError, match="in use already"):
        actions.restore(by=by, indicator=made)


def test_a_merger_into_itself_into_another_authoritys_or_into_a_retired_one_is_refused(registered, by):
    made, theirs, gone = registered(), registered("Theirs", area="202"), registered("Gone")
    actions.retire(by=by, indicator=gone, reason="Gone")
    for into, said in ((made, "into itself"), (theirs, "same authority"), (gone, "active")):
        with pytest.raises(RefusedChangeError, match=said):
            actions.merge(by=by, indicator=made, into=into, reason="Why not")
    assert Indicator.objects.get(pk=made.pk).state == "active"


def test_a_new_table_takes_the_place_of_the_old_which_stays_in_the_history(registered, by):
    made = registered(trajectory=[("2023", "50%"), ("2024", "")])
    cells = [("2023", "52%"), ("2024", "", "target", "to follow")]
    actions.set_trajectory(by=by, indicator=made, cells=cells, reason="Corrected.")
    made.refresh_from_db()
    assert list(made.trajectory.values_list("printed", "note")) == [("52%", ""), ("", "to follow")]
    assert [cell["printed"] for cell in _last(made)[2]["trajectory"]] == ["50%", ""]
    assert meaning_of(made).parts[0].value == 52.0, "the target is read from the table again"


def test_a_break_is_stated_taken_back_and_put_back(registered, by):
    made = registered()
    broken = actions.add_break(by=by, indicator=made, period="2024/25", reason="Counted otherwise.")
    actions.remove_break(by=by, broken=broken)
    with pytest.raises(RefusedChangeError, match="taken back already"):
        actions.remove_break(by=by, broken=broken)
    actions.restore_break(by=by, broken=broken)
    with pytest.raises(RefusedChangeError, match="stands"):
        actions.restore_break(by=by, broken=broken)
    assert [change.after for change in made.changes.all()][:3] == [{"break": "2024/25"}, {}, {"break": "2024/25"}]
    with pytest.raises(RefusedChangeError, match="Say why"):
        actions.add_break(by=by, indicator=made, period="2025/26", reason="")
