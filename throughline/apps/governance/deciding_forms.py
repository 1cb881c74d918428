"""What is filled in about decisions, scrutiny's questions and consultations."""

from typing import Any

from django import forms

from throughline.apps.governance.choices import Choice, boards, indicators, offer, parties, plans, sections
from throughline.apps.governance.models import ConsultationResponse, Decision, Meeting, ScrutinyQuestion
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import NO_YOUNG_PERSON, LongText
from throughline.apps.organisations.models import Board
from throughline.ui.days import DayField


class OfAnAuthority(RecordForm):
    """A form whose lists are of one authority; offered says which of its fields are lists of what."""

    offered: dict[str, Any] = {}

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, area, **self.offered)


class FindDecisionsForm(forms.Form):
    """Which decisions to list."""

    narrows = True

    state = forms.ChoiceField(label="Which", required=False, choices=[
        ("", "Everything that was decided"), ("open", "Still to be done"), ("overdue", "Overdue"),
        ("done", "Done, or nothing to do")])
    kind = forms.ChoiceField(label="What the minutes call it", required=False, choices=[("", "Any"), *Decision.Kind.choices])
    board = Choice(label="Board", empty_label="All boards")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.filter(area=area)


class DecisionForm(OfAnAuthority):
    """What a meeting decided, whom it asks to do something, and what it is about."""

    offered = {"owner": parties, "plan": plans, "section": sections, "indicator": indicators}

    number = forms.CharField(label="Number", max_length=20, required=False, help_text="As the minutes print it")
    kind = forms.ChoiceField(label="What is it?", choices=Decision.Kind.choices, widget=forms.RadioSelect,
                             initial=Decision.Kind.DECISION)
    text = LongText(label="What was decided", rows=4, help_text=NO_YOUNG_PERSON,
                    error_messages={"required": "Say what was decided"})
    owner = Choice(label="Who is to do it", empty_label="Nobody")
    due_on = DayField(label="By when", required=False)
    plan = Choice(label="Plan that it is about", empty_label="No one plan")
    section = Choice(label="Section of a plan that it is about", empty_label="No one section")
    indicator = Choice(label="Indicator that it is about", empty_label="No one indicator")


class DoneForm(RecordForm):
    """That what was asked for is done."""

    outcome = LongText(label="What came of it", rows=3, required=False)
    done_on = DayField(label="Done on")


class ActionForm(OfAnAuthority):
    """The action of a plan that is to be made of a decision or a question."""

    offered = {"section": sections, "owner": parties}

    section = Choice(label="In which section of a plan?", required=True, empty_label="Choose a section",
                     error_messages={"required": "Choose the section that the action belongs to"})
    number = forms.CharField(label="Number in the plan", max_length=40, required=False)
    text = LongText(label="What is to be done", rows=4, error_messages={"required": "Say what is to be done"})
    when_printed = forms.CharField(label="By when, as the plan should print it", max_length=500, required=False,
                                   help_text="Such as 31 March 2027, termly or from September 2026")
    owner = Choice(label="Owner", empty_label="No owner yet")

    def words(self) -> dict[str, Any]:
        """The owner as the first of several."""
        words = super().words()
        owner = words.pop("owner")
        return {**words, "owners": [owner] if owner else []}


class FindQuestionsForm(forms.Form):
    """Which of scrutiny's questions to list."""

    narrows = True

    state = forms.ChoiceField(label="Which", required=False, choices=[
        ("", "All"), ("open", "Open"), ("overdue", "Overdue"), ("answered", "Answered"), ("closed", "Closed")])
    board = Choice(label="Board", empty_label="All boards")

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.filter(area=area)


class AskForm(OfAnAuthority):
    """A question, as whoever asks it puts it."""

    offered = {"board": boards, "asked_of": parties, "plan": plans}

    board = Choice(label="On which board or committee?", required=True, empty_label="Choose a board",
                   error_messages={"required": "Choose the board for which you ask"})
    text = LongText(label="Your question", rows=5, help_text=NO_YOUNG_PERSON, error_messages={"required": "Write your question"})
    asked_of = Choice(label="Whom do you ask?", empty_label="Whoever answers for it")
    plan = Choice(label="Plan that it is about", empty_label="No one plan")
    due_on = DayField(label="When do you need the answer?", required=False)


def _meetings(area: str, held: int | None = None) -> Any:
    return Meeting.objects.filter(board__area=area).select_related("board")


class RecordQuestionForm(AskForm):
    """A question that somebody else asked, as the secretary records it."""

    offered = {**AskForm.offered, "meeting": _meetings}

    asked_by = forms.CharField(label="Who asked it", max_length=200, error_messages={"required": "Say who asked it"},
                               help_text="As the minutes should print it")
    asked_on = DayField(label="Asked on")
    meeting = Choice(label="At which meeting?", empty_label="Outside a meeting")
    field_order = ("board", "meeting", "asked_by", "asked_on", "text", "asked_of", "plan", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["asked_of"].label = "The question", "Who is to answer it"
        self.fields["due_on"].label = "Answer wanted by"


class ChangeQuestionForm(RecordQuestionForm):
    """The same for one that is there: its board is not changed, since its number is that board's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["board"]

    def held(self, record: ScrutinyQuestion) -> dict[str, Any]:
        """All but its board."""
        return {name: value for name, value in super().held(record).items() if name != "board"}


class AnswerForm(RecordForm):
    """The answer to a question."""

    answer = LongText(label="Answer", rows=8, help_text=NO_YOUNG_PERSON, error_messages={"required": "Write the answer"})
    answered_by = forms.CharField(label="Who answers", max_length=200, error_messages={"required": "Say who answers"})
    answered_on = DayField(label="Answered on")


class ConsultationForm(OfAnAuthority):
    """A consultation, and what was decided at its end."""

    offered = {"plan": plans}

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Enter a title"})
    about = LongText(label="What it asks", rows=6, required=False)
    asked = LongText(label="Who is asked", rows=3, required=False,
                     help_text="Such as head teachers, colleges, parents and carers")
    plan = Choice(label="Plan that it is about", empty_label="No one plan")
    opens_on = DayField(label="Opens on")
    closes_on = DayField(label="Closes on")
    decision = LongText(label="What was decided", rows=5, required=False, help_text="Leave empty until it has been")
    decided_on = DayField(label="Decided on", required=False)


class ResponseForm(OfAnAuthority):
    """What a respondent said, the answer, and what it changed."""

    offered = {"section": sections}

    respondent = forms.CharField(label="Who responded", max_length=200, error_messages={"required": "Say who responded"},
                                 help_text="An organisation, or in a few words what sort of person: a parent, a sixth former. "
                                           f"{NO_YOUNG_PERSON}")
    kind = forms.ChoiceField(label="Who are they?", choices=[("", "Choose one"), *ConsultationResponse.Kind.choices],
                             error_messages={"required": "Say what sort of respondent it is"})
    received_on = DayField(label="Received on")
    view = forms.ChoiceField(label="What do they think?", choices=ConsultationResponse.View.choices, widget=forms.RadioSelect,
                             initial=ConsultationResponse.View.COMMENT)
    text = LongText(label="What they said", rows=6, error_messages={"required": "Write down what they said"})
    answer = LongText(label="The authority's answer", rows=4, required=False)
    changed_plan = forms.BooleanField(label="It changed the plan", required=False)
    change = LongText(label="What changed", rows=3, required=False)
    section = Choice(label="Section of the plan that changed", empty_label="No one section")
