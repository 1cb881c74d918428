"""What a plan, a section or an action is tied to: indicators of the register, recommendations that it answers."""

from typing import Any

from django import forms
from django.db import models

from throughline.apps.handbook.models import HandbookPage
from throughline.apps.handbook.queries import pages_of
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.editing import RecordForm
from throughline.apps.plans.models import Action, Plan, Recommendation, Section
from throughline.apps.plans.words import shortened


class ManyField(forms.ModelMultipleChoiceField):
    """Several of a list, ticked."""

    def label_from_instance(self, obj: models.Model) -> str:
        """What stands beside the box."""
        return shortened(str(obj), 160)


class IndicatorsForm(RecordForm):
    """Which indicators of the register say whether it is working."""

    indicators = ManyField(Indicator.objects.none(), label="Indicators", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, record: Plan | Section | Action, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        area = record.area if isinstance(record, Plan) else record.plan.area
        active = Indicator.objects.filter(area=area, state=Indicator.State.ACTIVE)
        self.fields["indicators"].queryset = active | Indicator.objects.filter(pk__in=self.held(record)["indicators"])

    def held(self, record: models.Model) -> dict[str, Any]:
        """The numbers of those that are tied to it."""
        return {"indicators": numbers(record.indicators)}

    def words(self) -> dict[str, Any]:
        """Those that were ticked."""
        return {"indicators": list(self.cleaned_data["indicators"])}


class HandbookForm(RecordForm):
    """Which pages of the handbook are shown beside an action."""

    pages = ManyField(HandbookPage.objects.none(), label="Pages of the handbook", required=False,
                       widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, record: Action, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.fields["pages"].queryset = pages_of(record.plan.area)

    def held(self, record: models.Model) -> dict[str, Any]:
        """The numbers of those that are shown beside it."""
        return {"pages": numbers(record.handbook_pages.filter(removed_at=None))}

    def words(self) -> dict[str, Any]:
        """Those that were ticked."""
        return {"pages": list(self.cleaned_data["pages"])}


class AnswersForm(RecordForm):
    """Which recommendations a section answers."""

    answers = ManyField(Recommendation.objects.none(), label="Recommendations", required=False,
                         widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, record: Section, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.fields["answers"].queryset = Recommendation.objects.filter(inspection__area=record.plan.area)

    def held(self, record: models.Model) -> dict[str, Any]:
        """The numbers of those that it answers."""
        return {"answers": numbers(record.answers)}

    def words(self) -> dict[str, Any]:
        """Those that were ticked."""
        return {"recommendations": list(self.cleaned_data["answers"])}


def numbers(held: Any) -> list[int]:
    """The numbers of some records, in order."""
    return sorted(held.values_list("pk", flat=True))
