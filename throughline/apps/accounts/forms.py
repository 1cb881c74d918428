"""What an administrator fills in about people, and how the lists of people and of the audit are narrowed."""

from datetime import date
from typing import Any

from django import forms

from throughline.analytics.participation.identifiers import FAULTS, tidy
from throughline.apps.accounts.models import User, Verb
from throughline.apps.accounts.places import is_authority
from throughline.apps.accounts.queries import kinds_of_subject
from throughline.apps.accounts.roles import ALL_ROLES, ROLES
from throughline.ui.days import DayField

_ROLES = [(role.id, role.title) for role in ALL_ROLES]
_OPEN, _CLOSED = "open", "closed"
AT_A_PLACE = "provider_staff"  # the role whose people see what concerns their own school, college or provider
_WORKPLACE = ("organisation", "establishment", "ukprn")


class OwnDetailsForm(forms.Form):
    """What somebody who manages people may change of themselves."""

    full_name = forms.CharField(
        label="Full name", max_length=150, error_messages={"required": "Enter the person's full name"}
    )
    job_title = forms.CharField(label="Job title", max_length=150, required=False)


class PersonForm(OwnDetailsForm):
    """Who a person is and what they may do."""

    role = forms.ChoiceField(
        label="Role", choices=[("", "Choose a role"), *_ROLES], error_messages={"required": "Choose a role"}
    )
    area = forms.RegexField(
        r"^\d{3}$", label="Authority", required=False,
        help_text="The authority they work for, by its three-digit code, such as 850. Leave empty only for somebody who "
        "works for no authority: they then see published figures only",
        error_messages={"invalid": "Enter a code of three digits, such as 850"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    organisation = forms.CharField(
        label="School, college or provider", max_length=200, required=False,
        help_text="For its staff: the name of the place they work at",
    )
    establishment = forms.CharField(
        label="Establishment number", max_length=10, required=False,
        help_text="For staff of a school or college: its seven digits, such as 3914999. They see the young people who are there "
        "or were there at 16, and no others",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )
    ukprn = forms.CharField(
        label="UK provider reference number", max_length=10, required=False,
        help_text="For staff of a college or provider: its eight digits, such as 10001234",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )

    def clean_establishment(self) -> str:
        """Seven digits, however they are printed. Refuses what is no establishment number."""
        return _right("establishment", self.cleaned_data["establishment"])

    def clean_ukprn(self) -> str:
        """Eight digits. Refuses what is no provider's number."""
        return _right("ukprn", self.cleaned_data["ukprn"])

    def clean_area(self) -> str:
        """The code of an authority that there is, or none."""
        area = self.cleaned_data["area"]
        if area and not is_authority(area):
            raise forms.ValidationError(f"No authority has the code {area} today. Enter one that has, such as 850")
        return area

    def clean(self) -> dict[str, Any]:
        """Refuse staff of a school, college or provider without its number, and a place of work of anybody else."""
        data = super().clean()
        works_at = [name for name in _WORKPLACE if data.get(name)]
        if data.get("role") == AT_A_PLACE and not {"establishment", "ukprn"} & {*works_at, *self.errors}:
            self.add_error("establishment", "Enter the establishment number of the school or college they work at, or the UK "
                           "provider reference number below: without one they see no young person")
        elif data.get("role") and data["role"] != AT_A_PLACE:
            for name in works_at:
                self.add_error(name, f"Leave this empty: only for {ROLES[AT_A_PLACE].title.lower()} is a place of work given")
        return data


def _right(scheme: str, value: str) -> str:
    number = tidy(scheme, value)
    if number and (fault := FAULTS[scheme](number)):
        raise forms.ValidationError(fault)
    return number


class NewPersonForm(PersonForm):
    """The same with an email address that nobody has yet."""

    email = forms.EmailField(
        label="Email address", help_text="They sign in with it, and a link to choose a password is sent to it",
        error_messages={"required": "Enter an email address", "invalid": "Enter an address such as name@example.org"},
    )
    field_order = ("email", "full_name", "job_title", "role", "area", "organisation", "establishment", "ukprn")

    def clean_email(self) -> str:
        """The address in small letters. Refuses one that has an account, open or closed."""
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("There is already an account with this email address, open or closed")
        return email


class FindPeopleForm(forms.Form):
    """Which people to list."""

    narrows = True

    words = forms.CharField(label="Name, email address or job title", max_length=100, required=False)
    role = forms.ChoiceField(label="Role", choices=[("", "Any role"), *_ROLES], required=False)
    status = forms.ChoiceField(
        label="Account", choices=[("", "Open or closed"), (_OPEN, "Open"), (_CLOSED, "Closed")], required=False
    )


class FindEntriesForm(forms.Form):
    """Which entries of the audit to list: whose, of what kind, about what and whom, and between which days, both included."""

    narrows = True

    person = forms.ModelChoiceField(User.objects.all(), label="Person", required=False, empty_label="Anybody")
    verb = forms.ChoiceField(label="What they did", required=False)
    kind = forms.ChoiceField(label="What it was done to", required=False)
    learner = forms.IntegerField(
        label="Learner's number", required=False, min_value=1, help_text="Their own pages and what was changed of them, and the "
        "lists and files that showed them among others", widget=forms.TextInput(attrs={"class": "govuk-input--width-10",
                                                                                     "inputmode": "numeric"}),
        error_messages={"invalid": "Enter a learner's number, such as 131", "min_value": "Enter a learner's number, such as 131"},
    )
    first = DayField(label="First day", required=False)
    last = DayField(label="Last day", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", "Anything"), *((v.value, v.label.capitalize()) for v in Verb)]
        self.fields["kind"].choices = [("", "Anything"), *((kind, kind.capitalize()) for kind in kinds_of_subject())]

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round."""
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            self.add_error("last", "Enter a day that is not before the first")
        return data
