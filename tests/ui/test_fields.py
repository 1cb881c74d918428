"""Forms as GOV.UK shows them: every control labelled, every error linked to where it is put right."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines

from throughline.ui.fields import parts

PAGE = "{% from 'ui/forms.html' import render_form with context %}{{ render_form(form, 'Save', cancel='/back/') }}"


class Everything(forms.Form):
    """One field of each kind that a room may use."""

    email = forms.EmailField(label="Email address", help_text="The one your council gave you")
    full_name = forms.CharField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)
    value = forms.DecimalField(widget=forms.NumberInput(attrs={"suffix": "%"}))
    schools = forms.IntegerField(label="Number of schools")
    counted_on = forms.DateField(widget=forms.SelectDateWidget)
    area = forms.ChoiceField(label="Authority", choices=[("", "Choose"), ("850", "Hampshire"), ("851", "Portsmouth")])
    model = forms.ChoiceField(choices=[("2021", "2021"), ("2025", "2025")], widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(choices=[("850", "Hampshire")], widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(widget=forms.Textarea)
    checked = forms.BooleanField(label="I have checked this")
    file = forms.FileField(label="CSV file")
    kept = forms.CharField(widget=forms.HiddenInput, initial="7")


class Elements(HTMLParser):
    """Every element of a page, as (tag, attributes)."""

    def __init__(self, markup):
        super().__init__()
        self.found = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, *tags):
        return [attrs for tag, attrs in self.found if tag in tags]

    def named(self, name):
        (attrs,) = [a for a in self.of("input", "select", "textarea") if a.get("name") == name]
        return attrs


def rendered(form):
    return engines["jinja2"].from_string(PAGE).render({"form": form, "csrf_input": "TOKEN"})


@pytest.fixture(scope="module")
def empty():
    return Elements(rendered(Everything()))


@pytest.fixture(scope="module")
def refused():
    sent = {"counted_on_day": "31", "counted_on_month": "2", "counted_on_year": "2026", "value": "<b>"}
    return rendered(Everything(sent))


def test_every_control_has_a_label_of_its_own(empty):
    labelled = {label["for"] for label in empty.of("label")}
    shown = [c for c in empty.of("input", "select", "textarea") if c.get("type") != "hidden"]
    assert len(shown) == 15
    assert [control["id"] for control in shown if control["id"] not in labelled] == []


def test_ids_are_given_once(empty):
    ids = [attrs["id"] for _, attrs in empty.found if "id" in attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "attribute", "value"),
    [
        ("email", "type", "email"),
        ("email", "autocomplete", "email"),
        ("password", "type", "password"),
        ("password", "autocomplete", "current-password"),
        ("value", "inputmode", "decimal"),
        ("schools", "inputmode", "numeric"),
        ("counted_on_day", "inputmode", "numeric"),
        ("file", "type", "file"),
        ("checked", "type", "checkbox"),
        ("kept", "type", "hidden"),
        ("kept", "value", "7"),
    ],
)
def test_controls_are_of_the_right_kind(empty, name, attribute, value):
    assert empty.named(name)[attribute] == value


def test_a_form_that_carries_a_file_says_so_and_leaves_checking_to_us(empty):
    (form,) = empty.of("form")
    assert form["enctype"] == "multipart/form-data"
    assert "novalidate" in form


def test_what_may_be_left_out_is_marked():
    markup = rendered(Everything())
    assert "Full name (optional)" in markup
    assert "Email address (optional)" not in markup


@pytest.mark.parametrize(
    "sentence",
    ["Enter email address", "Enter a valid date", "Enter a number", "Choose authority", "Choose CSV file",
     "Tick “I have checked this” to go on"],
)
def test_each_error_says_what_to_do_in_the_summary_and_at_the_field(refused, sentence):
    assert refused.count(sentence) == 2


def test_every_error_in_the_summary_leads_to_a_control(refused):
    page = Elements(refused)
    controls = {control["id"] for control in page.of("input", "select", "textarea") if "id" in control}
    links = [a["href"] for a in page.of("a") if a["href"].startswith("#")]
    assert len(links) == 11
    assert [link for link in links if link.removeprefix("#") not in controls] == []


def test_errors_and_hints_are_tied_to_their_control(refused):
    described = Elements(refused).named("email")["aria-describedby"].split()
    assert described == ["id_email-hint", "id_email-error"]


def test_what_was_typed_is_kept_and_cannot_carry_markup(refused):
    page = Elements(refused)
    assert page.named("value")["value"] == "<b>"
    assert page.named("counted_on_day")["value"] == "31"
    assert "<b>" not in refused


def test_a_password_is_never_sent_back():
    assert "hunter2" not in rendered(Everything({"password": "hunter2"}))


def test_choices_made_before_are_shown_as_made():
    page = Elements(rendered(Everything(initial={"area": "851", "model": "2025", "areas": ["850"], "checked": True})))
    assert [o["value"] for o in page.of("option") if "selected" in o] == ["851"]
    assert {i["name"] for i in page.of("input") if "checked" in i} == {"model", "areas", "checked"}


def test_a_fault_of_the_whole_form_heads_the_summary():
    form = Everything({})
    form.add_error(None, "The total is less than its parts.")
    summary = rendered(form)
    assert summary.index("The total is less than its parts") < summary.index("Enter email address")


def test_the_token_is_sent_only_with_a_form_that_posts():
    assert "TOKEN" in rendered(Everything())
    asking = PAGE.replace("cancel='/back/'", "method='get'")
    assert "TOKEN" not in engines["jinja2"].from_string(asking).render({"form": Everything(), "csrf_input": "TOKEN"})


def test_a_widget_without_a_component_is_refused_by_name():
    class Odd(forms.Form):
        moment = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        rendered(Odd())


class Narrowing(forms.Form):
    """What narrows a list may all be left empty."""

    narrows = True
    role = forms.CharField(required=False)


class Either(forms.Form):
    """One of the first two is wanted; the third may be left empty."""

    either = ("plan", "year")
    plan = forms.CharField(required=False)
    year = forms.CharField(required=False)
    title = forms.CharField(required=False)


def test_boxes_of_which_one_is_wanted_are_not_called_optional():
    assert rendered(Either()).count("(optional)") == 1


def test_only_a_form_that_narrows_a_list_leaves_unsaid_what_is_optional():
    assert "(optional)" in rendered(Everything())
    assert "(optional)" not in rendered(Narrowing())


class Grouped(forms.Form):
    """Two boxes stand together after the choice that they are about; one stands beneath an option."""

    together = {"Where": ("place", "until")}
    revealed = {("kind", "b"): ["why"]}
    wanted_by = {"until": ("doing", {"2"})}
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    why = forms.BooleanField(label="Record it", required=False)
    doing = forms.ChoiceField(choices=[("", "Nothing"), ("1", "Something"), ("2", "For a time")], required=False)
    place = forms.CharField(required=False)
    until = forms.DateField(required=False, widget=forms.SelectDateWidget)
    note = forms.CharField(required=False)


def test_boxes_that_stand_together_are_in_one_set_under_its_legend_in_the_order_of_the_form():
    form = Grouped()
    assert [(part.legend, [box.name for box in part.boxes]) for part in parts(form)] == [
        ("", ["kind"]), ("", ["doing"]), ("Where", ["place", "until"]), ("", ["note"])]
    page = rendered(form)
    held = page.partition('class="govuk-fieldset app-if-chosen"')[2]
    assert held.index("Where</legend>") < held.index('name="place"') < held.index('name="until_day"') < held.index('name="note"')


def test_a_box_that_an_option_reveals_is_shown_once_beneath_that_option():
    page = rendered(Grouped())
    options = [attrs for attrs in Elements(page).of("input") if attrs.get("name") == "kind"]
    controls = {attrs["value"]: attrs.get("data-reveals") for attrs in options}
    assert (controls["a"], page.count('name="why"')) == (None, 1)
    assert page.index(f'id="{controls["b"]}"') < page.index('name="why"') < page.index('name="doing"')


def test_an_option_says_which_box_it_alone_wants():
    page = Elements(rendered(Grouped()))
    assert [attrs["value"] for attrs in page.of("option") if attrs.get("data-wants") == "1"] == ["2"]
    assert [attrs["data-by"] for attrs in page.of("div") if attrs.get("class") == "app-if-wanted"] == ["1"]


def test_what_is_wrong_with_a_box_that_is_revealed_is_said_in_the_summary():
    form = Grouped({"kind": "b"})
    form.add_error("why", "Say so")
    assert 'href="#id_why"' in rendered(form)
