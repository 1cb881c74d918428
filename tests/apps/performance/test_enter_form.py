"""The form for a figure that an officer enters: what it takes, and each refusal in words."""

import pytest

from throughline.analytics.measures.areas import authorities
from throughline.analytics.measures.load import load_measures
from throughline.apps.performance.forms import EnterFigureForm

COUNTED = {"area": "358", "period": "2025", "numerator": "12", "denominator": "48", "value": "", "status": "final"}
A_NUMBER = {"area": "358", "period": "2024/25", "value": "31", "status": "final"}
PERCENT, NUMBER = "neet_young_mothers", "schools_with_an_enterprise_adviser"


@pytest.fixture
def filled(warehouse, definitions):
    """A form of a measure, filled in and checked."""

    def fill(measure, typed):
        areas = [area for area in authorities(warehouse) if area.area in ("358", "202")]
        form = EnterFigureForm(typed, measure=load_measures(definitions)[measure], areas=areas)
        form.is_valid()
        return form

    return fill


def test_counts_give_the_value(filled):
    form = filled(PERCENT, COUNTED)
    assert form.errors == {}
    assert (form.cleaned_data["value"], form.cleaned_data["numerator"], form.cleaned_data["denominator"]) == (25.0, 12, 48)


@pytest.mark.parametrize(("part", "whole", "value"), [("1", "3", 33.333333333), ("0", "8", 0.0), ("8", "8", 100.0)])
def test_a_share_is_kept_to_nine_places(filled, part, whole, value):
    assert filled(PERCENT, {**COUNTED, "numerator": part, "denominator": whole}).cleaned_data["value"] == value


def test_counts_come_before_a_value_typed_beside_them(filled):
    assert filled(PERCENT, {**COUNTED, "value": "99"}).cleaned_data["value"] == 25.0


def test_a_value_alone_is_taken(filled):
    form = filled(PERCENT, {**COUNTED, "numerator": "", "denominator": "", "value": "31.5"})
    assert (form.errors, form.cleaned_data["value"], form.cleaned_data["numerator"]) == ({}, 31.5, None)


@pytest.mark.parametrize(("typed", "field", "message"), [
    ({"numerator": "12", "denominator": ""}, "denominator", "Give both counts, or neither"),
    ({"numerator": "", "denominator": "48"}, "numerator", "Give both counts, or neither"),
    ({"numerator": "3", "denominator": "0"}, "denominator", "Nothing can be a share of none; leave both counts empty"),
    ({"numerator": "49", "denominator": "48"}, "numerator", "The part cannot be more than the whole"),
    ({"numerator": "-1", "denominator": "48"}, "numerator", "Ensure this value is greater than or equal to 0."),
    ({"numerator": "", "denominator": "", "value": ""}, "value", "Give the two counts, or the value itself"),
    ({"numerator": "", "denominator": "", "value": "100.1"}, "value", "A percentage lies between 0 and 100"),
    ({"numerator": "", "denominator": "", "value": "-0.1"}, "value", "A percentage lies between 0 and 100"),
    ({"numerator": "", "denominator": "", "value": "a lot"}, "value", "Enter a number."),
    ({"numerator": "", "denominator": "", "value": "nan"}, "value", "Enter a number."),
    ({"numerator": "inf", "denominator": "inf"}, "numerator", "Enter a number."),
    ({"period": "banana"}, "period", "“banana” is not a year we can read"),
    ({"period": ""}, "period", "Enter the period"),
    ({"status": ""}, "status", "Say how settled the figure is"),
    ({"status": "rumoured"}, "status", "Select a valid choice."),
    ({"area": "970"}, "area", "Select a valid choice."),
    ({"evidence": "x" * 501}, "evidence", "Ensure this value has at most 500 characters"),
])
def test_a_refusal_says_what_would_be_right(filled, typed, field, message):
    form = filled(PERCENT, {**COUNTED, **typed})
    assert field in form.errors, form.errors
    assert form.errors[field][0].startswith(message)


@pytest.mark.parametrize("value", ["0", "0.0", "100"])
def test_the_ends_of_a_percentage_are_percentages(filled, value):
    assert filled(PERCENT, {**COUNTED, "numerator": "", "denominator": "", "value": value}).errors == {}


def test_a_number_is_asked_for_itself_and_must_be_given(filled):
    form = filled(NUMBER, A_NUMBER)
    assert (form.errors, form.cleaned_data["value"], "numerator" in form.fields) == ({}, 31.0, False)
    assert filled(NUMBER, {**A_NUMBER, "value": ""}).errors["value"] == ["This field is required."]
    assert filled(NUMBER, {**A_NUMBER, "value": "1200"}).errors == {}, "only a percentage ends at 100"


@pytest.mark.parametrize(("measure", "frequency"), [(PERCENT, "quarterly"), (NUMBER, "termly")])
def test_every_period_the_form_gives_as_an_example_can_be_typed(filled, measure, frequency):
    form = filled(measure, A_NUMBER)
    assert form.measure.entered.frequency == frequency
    hint = form.fields["period"].help_text.removeprefix("Such as ").partition(" (")[0]
    typed = COUNTED if measure == PERCENT else A_NUMBER
    assert [filled(measure, {**typed, "period": example}).errors for example in hint.split(" or ")] == [{}, {}]
