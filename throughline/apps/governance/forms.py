"""What is filled in about meetings, agendas, papers, minutes and attendance."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from throughline.apps.governance.choices import Choice, boards, offer, parties
from throughline.apps.governance.models import AgendaItem, Attendance, Meeting, Paper
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import NO_YOUNG_PERSON, LongText
from throughline.apps.organisations.models import Board
from throughline.apps.organisations.queries import members_on
from throughline.ui.days import DayField

LARGEST_PAPER = 20_000_000  # bytes
_CLOCKS = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I.%M %p", "%I %p")
_NOT_RECORDED = "not_recorded"


class FindMeetingsForm(forms.Form):
    """Which meetings to list."""

    narrows = True

    board = Choice(label="Board", empty_label="All boards")
    when = forms.ChoiceField(label="When", required=False,
                             choices=[("", "Coming up"), ("past", "Past"), ("all", "Coming up and past")])

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.filter(area=area)


class MeetingForm(RecordForm):
    """When and where a meeting is, and what it is for."""

    board = Choice(label="Board", required=True, empty_label="Choose a board", error_messages={"required": "Choose a board"})
    day = DayField(label="Day")
    time = forms.TimeField(
        label="Time", input_formats=_CLOCKS, help_text="Such as 14:00 or 2pm",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": "Enter the time at which it begins", "invalid": "Enter a time such as 14:00 or 2pm"})
    place = forms.CharField(label="Where", max_length=200, required=False, help_text="A room, or the name of an online meeting")
    purpose = LongText(label="What it is for", rows=3, required=False)
    state = forms.ChoiceField(label="Did it take place?", choices=Meeting.State.choices, widget=forms.RadioSelect,
                              initial=Meeting.State.PLANNED)

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, area, board=boards)

    def held(self, record: Meeting) -> dict[str, Any]:
        """The day and the time apart, as they are typed."""
        starts = timezone.localtime(record.starts_at)
        return {"board": record.board_id, "day": starts.date(), "time": f"{starts:%H:%M}", "place": record.place,
                "purpose": record.purpose, "state": record.state}

    def words(self) -> dict[str, Any]:
        """The day and the time as one moment."""
        words = super().words()
        starts_at = timezone.make_aware(datetime.combine(words.pop("day"), words.pop("time")))
        return {**words, "starts_at": starts_at}

    def _said(self, name: str, value: Any) -> str:
        return f"{value:%H:%M}" if name == "time" and not isinstance(value, str) else super()._said(name, value)


class MinutesForm(RecordForm):
    """The minutes of a meeting, and when they were agreed."""

    minutes = LongText(label="Minutes", rows=20, required=False,
                       help_text=f"What was said and decided, as the board should agree it. {NO_YOUNG_PERSON}")
    minutes_agreed_on = DayField(label="Agreed by the board on", required=False,
                                 help_text="The day of the meeting that agreed them. Leave empty until then")


class AttendanceForm(RecordForm):
    """Who came: each member of the board on that day, those recorded already, and somebody else of the directory."""

    other = Choice(label="Somebody else who came", empty_label="Nobody else", help_text="You can add one more each time you save")

    def __init__(self, *args: Any, record: Meeting, **kwargs: Any) -> None:
        self.people = {seat.party_id: seat.party.name for seat in members_on(record.board, record.on)}
        self.people |= {seat.party_id: seat.party.name for seat in record.attendance.select_related("party")}
        super().__init__(*args, record=record, **kwargs)
        states = [(_NOT_RECORDED, "Not recorded"), *Attendance.State.choices]
        for pk, name in self.people.items():
            self.fields[f"party_{pk}"] = forms.ChoiceField(label=name, choices=states)
        self.fields["other"].queryset = parties(record.board.area).exclude(pk__in=self.people)
        self.order_fields([*(f"party_{pk}" for pk in self.people), "other"])

    def held(self, record: Meeting) -> dict[str, Any]:
        """What is recorded of each."""
        recorded = dict(record.attendance.values_list("party_id", "state"))
        return {f"party_{pk}": recorded.get(pk, _NOT_RECORDED) for pk in self.people}

    def words(self) -> dict[str, Any]:
        """Each party's number with its state."""
        said = {pk: self.cleaned_data[f"party_{pk}"] for pk in self.people}
        states = {pk: "" if state == _NOT_RECORDED else state for pk, state in said.items()}
        if other := self.cleaned_data["other"]:
            states[other.pk] = Attendance.State.PRESENT
        return {"states": states}


class ItemForm(RecordForm):
    """One thing on the agenda."""

    number = forms.IntegerField(label="Number", min_value=1, max_value=999,
                                error_messages={"required": "Enter its number on the agenda"})
    title = forms.CharField(label="What is it about?", max_length=300, error_messages={"required": "Say what it is about"})
    purpose = forms.ChoiceField(label="What is the board asked to do?", choices=AgendaItem.Purpose.choices,
                                widget=forms.RadioSelect, initial=AgendaItem.Purpose.DISCUSSION)
    presenter = forms.CharField(label="Who brings it", max_length=200, required=False)


class PaperForm(RecordForm):
    """A paper that is there already: what it is called and where it belongs."""

    number = forms.CharField(label="Number", max_length=20, required=False, help_text="As the agenda prints it, such as 4 or 4a")
    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Enter the paper's title"})
    kind = forms.ChoiceField(label="What sort of paper is it?", choices=Paper.Kind.choices, widget=forms.RadioSelect,
                             initial=Paper.Kind.REPORT)
    item = Choice(label="For which item of the agenda?", empty_label="No one item")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda.all()


class NewPaperForm(PaperForm):
    """The same with the paper itself."""

    upload = forms.FileField(label="File", required=False,
                             help_text=f"A Word, Excel, PDF or other file of 20 MB at most. {NO_YOUNG_PERSON}")
    address = forms.CharField(label="Or the address of an issued report", max_length=500, required=False,
                              help_text="Such as /reports/12/, or https:// and the rest")

    def clean_upload(self) -> Any:
        """A file that is not too large. An empty one Django refuses itself."""
        upload = self.cleaned_data["upload"]
        if upload and upload.size > LARGEST_PAPER:
            raise forms.ValidationError("The file is larger than 20 MB. Save it smaller, or give the address of where it is")
        return upload

    def clean_address(self) -> str:
        """An address of this site or of the web, so that a link never runs anything."""
        address = self.cleaned_data["address"].strip()
        local = address.startswith("/") and not address.startswith(("//", "/\\"))
        if address and not local and not address.startswith(("https://", "http://")):
            raise forms.ValidationError("Enter an address that begins with / or https://")
        return address
