"""What is asked about a learner, and how the list of learners is narrowed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.places import districts_from
from throughline.apps.learners.actions.believing import told_by
from throughline.apps.learners.codes import choices, codeset, cohort, trait_choices
from throughline.apps.learners.models import Contact, GuaranteeStatus, Identifier, Name, Source
from throughline.apps.learners.models.name import folded
from throughline.apps.learners.places import district_at, district_choices, district_name
from throughline.apps.learners.queries import COHORT, LEFT, RESTRICTED, name_on
from throughline.apps.learners.standings import WORDS, told_standing
from throughline.apps.organisations.editing import RecordForm
from throughline.ui.days import DayField

TELLERS = ("The young person", "Parent or carer", Source.OF_A_PLACE, "Employer", "Another council or agency",
           "Our own visit or records")
_NUMBERS = {"upn": "unique_pupil_number", "uln": "unique_learner_no", "previous_young_persons_id": "previous_id"}
_NUMBER = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"})


def _text(label: str, longest: int, needed: str = "", **more: Any) -> forms.CharField:
    wrong = {"required": needed} if needed else {}
    return forms.CharField(label=label, max_length=longest, required=bool(needed), error_messages=wrong, **more)


def _choice(label: str, offered: Any = (), **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=offered, **more)


def _numbers(facts: Any) -> list[int]:
    """What is held of one sort, by the numbers of its rows: they are others as soon as anything of it is."""
    return sorted(facts.known().values_list("pk", flat=True))


class FindForm(forms.Form):
    """Whom to list. It is posted, so that no address holds what was searched for."""

    narrows = True

    words = _text("Name", 100, help_text="Any part of a name they have or had")
    number = _text("Number", 30, help_text="The register's own, a UPN, a ULN or an identifier of the return")
    born = DayField(label="Date of birth", required=False, help_text="Such as 27 3 2010")
    standing = _choice("What they count as today", required=False)
    age = _choice("Academic age", required=False)
    district = _choice("District", required=False)
    records = _choice("Records", [(COHORT, "In the cohort"), (LEFT, "Left the cohort")], required=False)

    def __init__(self, *args: Any, districts: list[str], sensitive: bool, opens: bool, **kwargs: Any) -> None:
        """Opens says whether the reader may open restricted records, and so list them by number."""
        super().__init__(*args, **kwargs)
        if opens:
            self.fields["records"].choices = [*self.fields["records"].choices, (RESTRICTED, "Restricted, by number alone")]
        edition, told = cohort().on(timezone.localdate()), [one for one in Standing if told_standing(one, sensitive) is one]
        self.fields["standing"].choices = [("", "Anything"), *((one.value, WORDS[one]) for one in told)]
        ages = range(edition.year_11_age, edition.with_plan[1] + 1)
        self.fields["age"].choices = [("", "Any"), *((str(age), f"{age} (year {age - 4})" if age < 18 else age) for age in ages)]
        self.fields["district"].choices = [("", "Any"), *district_choices(districts)]
        if not districts:
            del self.fields["district"]

    def clean_words(self) -> str:
        """Part of a name. Refuses signs that no name is searched by."""
        words = self.cleaned_data["words"]
        if words and not folded(words):
            raise forms.ValidationError("Enter at least one letter or digit of the name")
        if words.isdecimal():
            raise forms.ValidationError("A name has letters in it. Enter a number in the Number box")
        return words

    def clean(self) -> dict[str, Any]:
        """Refuses to narrow restricted records, which would tell something of them."""
        asked = self.cleaned_data
        if asked.get("records") == RESTRICTED and any(asked.get(name) for name in asked if name not in ("records", "number")):
            self.add_error("records", "Restricted records are listed by number alone. Ask for nothing else with them")
        return asked


class ReturnedForm(RecordForm):
    """A form of which the return says something: returned has the field of its record for each field that it says so of."""

    returned: ClassVar[Mapping[str, str]] = {}


class ToldForm(ReturnedForm):
    """A form that says who told us; the words it hands over hold that as a source of the authority's."""

    told_by = _choice("Who told us?", [("", "Choose who"), *((name, name) for name in TELLERS)],
                      error_messages={"required": "Choose who told us"})

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area
        self.order_fields([*(name for name in self.fields if name not in ("told_by", "version")), "told_by", "version"])

    def held(self, record: Any) -> dict[str, Any]:
        """What the record has for each field that is its own."""
        return {name: record.serializable_value(name) for name in self.base_fields if name not in ("version", "told_by")}

    def words(self) -> dict[str, Any]:
        """What was typed, with the source instead of who told us."""
        words = super().words()
        name = words.pop("told_by")
        return {**words, "source": told_by(by=None, area=self.area, name=name)}


class DetailsForm(ToldForm):
    """What does not change with a learner's life, only with what we know of it."""

    returned: ClassVar[Mapping[str, str]] = {
        "born": "dob", "gender": "gender", "ethnic_group": "ethnicity", "school_at_16": "lea_at_year_11",
        "area_at_16": "lea_at_year_11",
        "intended_destination": "intended_destination"}

    born = DayField(label="Date of birth", help_text="Such as 27 3 2010")
    gender = _choice("Gender")
    ethnic_group = _choice("Ethnic group")
    school_at_16 = forms.CharField(
        label="School in year 11", max_length=8, required=False, widget=_NUMBER,
        help_text="Its establishment number: seven digits, three of the authority and four of the school, such as 3914999")
    area_at_16 = forms.RegexField(
        r"^\d{3}$", label="Authority of the school in year 11", required=False,
        help_text="Its three digits, where it is not the one that the school’s number begins with",
        error_messages={"invalid": "Enter a code of three digits, such as 850"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}))
    intended_destination = _choice("Intended destination, for year 11", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, held = timezone.localdate(), self.record
        for name in ("gender", "ethnic_group", "intended_destination"):
            if name in self.fields:
                offered = choices(name, today, getattr(held, name, ""))
                self.fields[name].choices = [("", "Not asked"), *offered] if name == "intended_destination" else offered

    def clean_school_at_16(self) -> str:
        """The number as it is kept, without the stroke it is often printed with."""
        return self.cleaned_data["school_at_16"].replace("/", "").replace(" ", "")


class NameForm(ToldForm):
    """What somebody is called."""

    returned: ClassVar[Mapping[str, str]] = {"given": "given_name", "middle": "middle_name", "family": "family_name"}

    given = _text("Given name", 100, "Enter the given name")
    middle = _text("Middle names", 100)
    family = _text("Family name", 100, "Enter the family name")
    kind = _choice("What sort of name is it?", Name.Kind.choices, widget=forms.RadioSelect, initial=Name.Kind.LEGAL)
    since = DayField(label="From", required=False, help_text="The day it changed. Leave empty for today")

    def held(self, record: Any) -> dict[str, Any]:
        """The learner's present legal name, and whether any other is another than it was."""
        now = name_on(record, timezone.localdate())
        parts = {part: getattr(now, part) for part in ("given", "middle", "family")} if now else {}
        return {**parts, "names": _numbers(record.names)}


class AddressForm(ToldForm):
    """Where somebody lives."""

    returned: ClassVar[Mapping[str, str]] = {
        "line_1": "address_line_1", "line_2": "address_line_2", "line_3": "address_line_3", "town": "town", "county": "county",
        "postcode": "postcode"}

    line_1 = _text("Address line 1", 100)
    line_2 = _text("Address line 2", 100)
    line_3 = _text("Address line 3", 100)
    town = _text("Town", 100)
    county = _text("County", 100)
    postcode = _text("Postcode", 10, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}))
    district = forms.RegexField(
        r"^[A-Z]\d{8}$", label="District", required=False,
        help_text="Its nine-character code, such as E07000001. Leave it empty to have it found by the postcode",
        error_messages={"invalid": "Enter a district's code of nine characters, such as E07000001"}, widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10"}))
    lies_there = forms.BooleanField(label="The postcode lies in the district chosen all the same", required=False)
    protected = forms.BooleanField(label="This address is protected: show it only to whoever opens it for a reason",
                                   required=False)
    since = DayField(label="From", required=False, help_text="The day they moved. Leave empty for today")
    was_faster = ("Somebody else said where they live while you had this open. Look at what the record says now, and save again "
                  "if yours is right")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known := districts_from(self.area):  # without figures there are no names to choose from
            self.fields["district"] = _choice("District", [("", "Have it found by the postcode"), *known], required=False)
        if not self.is_bound:
            del self.fields["lies_there"]  # asked only of whoever chose another district than the postcode's
        if self.record and self.record.addresses.known().filter(ends=None, protected=True).exists():
            self.initial["protected"] = True  # whoever moves from a refuge is as much in danger where they live next

    def held(self, record: Any) -> dict[str, Any]:
        """Only whether it is the same as it was: a protected address is not filled in, nor told to whoever saves second."""
        return {"addresses": _numbers(record.addresses)}

    def clean(self) -> dict[str, Any]:
        """A district that the directory contradicts counts everything of them in another place: it is asked about."""
        cleaned = super().clean() or self.cleaned_data
        chosen, found = cleaned.get("district"), district_at(cleaned.get("postcode") or "")
        if not (chosen and found and chosen != found):
            del self.fields["lies_there"]
        elif not cleaned["lies_there"]:
            self.add_error("district", f"The postcode lies in {district_name(found)}, as the directory of postcodes says. Choose "
                                       "that, or tick below if the directory is wrong")
        return cleaned

    def words(self) -> dict[str, Any]:
        """What was typed of the address; the tick says nothing of it."""
        return {name: value for name, value in super().words().items() if name != "lies_there"}


class AddForm(DetailsForm, AddressForm):
    """Somebody new to the register."""

    returned: ClassVar[Mapping[str, str]] = {**NameForm.returned, **DetailsForm.returned, **AddressForm.returned}

    given = _text("Given name", 100, "Enter the given name")
    middle = _text("Middle names", 100)
    family = _text("Family name", 100, "Enter the family name")
    since = DayField(label="In the cohort from", required=False, help_text="Leave empty for today")
    another = forms.BooleanField(label="This is somebody else", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("area_at_16", "intended_destination"):
            del self.fields[name]
        self.order_fields(["given", "middle", "family", "born", "gender", "ethnic_group", "school_at_16",
                           *(name for name in self.fields if name not in ("another", "version")), "another", "version"])
        self.initial |= {"gender": "U", "ethnic_group": "NOBT"}

    def words(self) -> dict[str, Any]:
        """What was typed of them; the tick says nothing of them."""
        return {name: value for name, value in super().words().items() if name != "another"}

    def ask_whether_another(self, alike: bool) -> None:
        """Ask for the tick where somebody like them is in the register, and only there; nothing is right before it is made."""
        if not alike:
            del self.fields["another"]
        elif not self.cleaned_data["another"]:
            self.add_error("another", "Somebody like this is in the register. Look first, and tick if this is somebody else")


class IdentifierForm(ToldForm):
    """A number by which others know somebody."""

    @property
    def returned(self) -> Mapping[str, str]:  # type: ignore[override]
        """The number is another field of the return by whose it is."""
        return {"value": field} if (field := _NUMBERS.get(self.data.get("scheme", ""))) else {}

    scheme = _choice("Whose number is it?", Identifier.Scheme.choices)
    value = _text("Number", 30, "Enter the number")
    since = DayField(label="From", required=False, help_text="Leave empty for today")
    was_faster = ("Somebody else added or changed a number of theirs while you had this open. Look at what the record says now, "
                  "and save again if yours is right")

    def held(self, record: Any) -> dict[str, Any]:
        """Only whether their numbers are the same as they were: the one typed is new."""
        return {"numbers": _numbers(record.identifiers)}


class TraitForm(ToldForm):
    """Something that holds of somebody for a time."""

    returned: ClassVar[Mapping[str, str]] = {"trait": "characteristics"}

    trait = _choice("What holds of them?")
    starts = DayField(label="From", required=False, help_text="Leave empty for today")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trait"].choices = [("", "Choose one"), *trait_choices(timezone.localdate())]


class EndForm(ToldForm):
    """When something ended."""

    returned: ClassVar[Mapping[str, str]] = {"ends": "characteristics"}

    ends = DayField(label="Last day", required=False, help_text="Leave empty for today")


class NeedForm(ToldForm):
    """How much support somebody needs."""

    returned: ClassVar[Mapping[str, str]] = {"level": "level_of_need"}

    level = _choice("Level of need", widget=forms.RadioSelect)
    since = DayField(label="From", required=False, help_text="Leave empty for today")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = choices("level_of_need", timezone.localdate())

    def held(self, record: Any) -> dict[str, Any]:
        """The level that goes on, and whether any other is another than it was."""
        now = record.levels_of_need.known().filter(ends=None).first()
        return {"level": now.level if now else "", "levels": _numbers(record.levels_of_need)}


class GuaranteeForm(ToldForm):
    """What somebody was offered for the year after."""

    @property
    def returned(self) -> Mapping[str, str]:  # type: ignore[override]
        """The status is another field of the return by the year."""
        return {"code": f"{self.data.get('block', '')}_status"}

    block = _choice("Leavers of which year?", GuaranteeStatus.Block.choices, widget=forms.RadioSelect,
                    initial=GuaranteeStatus.Block.YEAR_11)
    code = _choice("Status")
    since = DayField(label="From", required=False, help_text="Leave empty for today")
    was_faster = ("Somebody else set the September Guarantee while you had this open. Look at what the record says now, and save "
                  "again if yours is right")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "Choose a status"), *choices("guarantee_status", timezone.localdate())]

    def held(self, record: Any) -> dict[str, Any]:
        """Only whether the statuses are the same as they were: there is one for each year."""
        return {"guarantees": _numbers(record.guarantees)}


class ContactForm(ToldForm):
    """Somebody to speak to."""

    who = _choice("Who is it?", Contact.Who.choices, initial=Contact.Who.SELF)
    name = _text("Name", 150)
    phone = _text("Telephone number", 30, widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}))
    email = forms.EmailField(label="Email address", required=False,
                             error_messages={"invalid": "Enter an address such as name@example.org"})
    may_be_told = _choice("What may they be told?", Contact.MayBeTold.choices, widget=forms.RadioSelect,
                          initial=Contact.MayBeTold.ACTIVITY)
    note = _text("Anything to bear in mind", 300, help_text="Such as when to telephone. Nothing that they should not read")


class LeaveForm(ToldForm):
    """Why and when somebody left the cohort."""

    returned: ClassVar[Mapping[str, str]] = {"status": "cohort_status", "transferred_to": "transferred_to"}

    status = _choice("Why did they leave?", widget=forms.RadioSelect)
    left_on = DayField(label="On which day?", required=False, help_text="Leave empty for today")
    transferred_to = forms.RegexField(
        r"^\d{3}$", label="To which authority?", required=False, help_text="For a transfer: its three digits, such as 850",
        error_messages={"invalid": "Enter a code of three digits, such as 850"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses, today = codeset("cohort_status"), timezone.localdate()
        self.fields["status"].choices = [(code, statuses.label(code, today)) for code in
                                         sorted(statuses.where(today, "leaver", "yes"), key="ATEMDL".find)]
