"""What an officer fills in about the directory and about boards, and how the directory is narrowed."""

from typing import Any

from django import forms
from django.db.models import Q

from throughline.apps.accounts.models import User
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.models import Board, Membership, Party
from throughline.apps.organisations.queries import may_be_chosen
from throughline.ui.days import DayField

NO_YOUNG_PERSON = "Do not name a young person."
_MOST_POUNDS = 9_999_999_999


class LongText(forms.CharField):
    """Text of several lines."""

    def __init__(self, *, label: str, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Pounds(forms.DecimalField):
    """An amount of money, typed with or without a pound sign and commas."""

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        wrong = {"required": "Enter an amount in pounds", "invalid": "Enter an amount in pounds, such as 12500 or 99.50"}
        super().__init__(label=label, max_digits=12, decimal_places=2, max_value=_MOST_POUNDS, error_messages=wrong,
                         widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The amount without a pound sign and commas between thousands."""
        return super().to_python(value.replace("£", "").replace(",", "").strip() if isinstance(value, str) else value)


class FindPartiesForm(forms.Form):
    """Which entries to list."""

    narrows = True

    words = forms.CharField(label="Name, initials or organisation", max_length=100, required=False)
    kind = forms.ChoiceField(label="What it is", choices=[("", "Any"), *Party.Kind.choices], required=False)
    organisation = forms.ModelChoiceField(Party.objects.none(), label="Organisation", required=False, empty_label="Any")
    closed = forms.ChoiceField(label="Entries", choices=[("", "Open only"), ("yes", "Open and closed")], required=False)

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = may_be_chosen(Party, area).filter(kind=Party.Kind.ORGANISATION)


class PartyForm(RecordForm):
    """One entry of the directory."""

    kind = forms.ChoiceField(label="What is it?", choices=Party.Kind.choices, widget=forms.RadioSelect, initial=Party.Kind.POST)
    name = forms.CharField(label="Name", max_length=200, help_text="As plans and papers should print it",
                           error_messages={"required": "Enter a name"})
    initials = forms.CharField(
        label="Initials and codes", max_length=200, required=False,
        help_text="By which plans name it, separated by commas, such as HSI, Head of SI. A common misprint may be added too")
    organisation = forms.ModelChoiceField(Party.objects.none(), label="Organisation", required=False, empty_label="None",
                                          help_text="For a person or a post: whom they work for")
    reports_to = forms.ModelChoiceField(Party.objects.none(), label="Reports to", required=False, empty_label="Nobody")
    email = forms.EmailField(label="Email address", required=False, help_text="Reminders about its actions are sent to it",
                             error_messages={"invalid": "Enter an address such as name@example.org"})
    user = forms.ModelChoiceField(
        User.objects.none(), label="Account", required=False, empty_label="No account",
        help_text="Who signs in for this entry: they see its actions as theirs and may update them")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {name: getattr(self.record, f"{name}_id", None) for name in ("organisation", "reports_to", "user")}
        at_hand = may_be_chosen(Party, area).exclude(pk=getattr(self.record, "pk", None))
        organisations, people = at_hand.filter(kind=Party.Kind.ORGANISATION), at_hand.exclude(kind=Party.Kind.ORGANISATION)
        self.fields["organisation"].queryset = organisations | Party.objects.filter(pk=held["organisation"])
        self.fields["reports_to"].queryset = people | Party.objects.filter(pk=held["reports_to"])
        self.fields["user"].queryset = User.objects.filter(Q(area=area, is_active=True) | Q(pk=held["user"]))

    def clean_initials(self) -> str:
        """Each code once, in order, none longer than a code may be."""
        codes = sorted({" ".join(part.split()) for part in self.cleaned_data["initials"].split(",")} - {""})
        if long := next((code for code in codes if len(code) > 20), None):
            raise forms.ValidationError(f"“{long}” is too long for a code. At most 20 letters, and a comma between codes")
        return ", ".join(codes)


class MergeForm(forms.Form):
    """Which entry this one turns out to be."""

    into = forms.ModelChoiceField(Party.objects.none(), label="Which entry is it the same as?", empty_label="Choose an entry",
                                  error_messages={"required": "Choose the entry to keep"})

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = may_be_chosen(Party, party.area).exclude(pk=party.pk)


class BoardForm(RecordForm):
    """What a board is."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter the board's name"})
    kind = forms.ChoiceField(label="What sort of body is it?", choices=Board.Kind.choices, widget=forms.RadioSelect,
                             initial=Board.Kind.BOARD)
    reports_to = forms.ModelChoiceField(Board.objects.none(), label="Reports to", required=False, empty_label="No other board",
                                        help_text="A board that reports to another is shown as its sub-group")
    meets = forms.CharField(label="How often it meets", max_length=100, required=False, help_text="Such as half-termly")
    terms_of_reference = LongText(label="Terms of reference", rows=12, required=False)
    review_on = DayField(label="Terms of reference to be reviewed by", required=False)

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boards = may_be_chosen(Board, area, getattr(self.record, "reports_to_id", None))
        self.fields["reports_to"].queryset = boards.exclude(pk=getattr(self.record, "pk", None))


class MemberForm(RecordForm):
    """Who takes a seat."""

    party = forms.ModelChoiceField(Party.objects.none(), label="Who?", empty_label="Choose from the directory",
                                   error_messages={"required": "Choose a member from the directory"})
    capacity = forms.ChoiceField(label="As what?", choices=Membership.Capacity.choices, widget=forms.RadioSelect,
                                 initial=Membership.Capacity.MEMBER)
    since = DayField(label="From")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = may_be_chosen(Party, area)


class EndSeatForm(RecordForm):
    """When a seat ends."""

    until = DayField(label="Last day")
