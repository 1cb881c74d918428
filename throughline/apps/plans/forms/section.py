"""A section of a plan, and what it is tied to."""

from typing import Any

from django import forms

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import LongText
from throughline.apps.plans.models import Plan, Section
from throughline.apps.plans.trees import sections_in_order
from throughline.apps.plans.words import section_name, shortened


class SectionField(forms.ModelChoiceField):
    """One section of a plan, listed as the plan reads and set in by its depth."""

    def of(self, plan: Plan, besides: Section | None = None) -> None:
        """Offer the sections of a plan, but for one."""
        self.queryset = Section.objects.filter(plan=plan).exclude(pk=getattr(besides, "pk", None))
        ordered = [each for each in sections_in_order(Section.objects.filter(plan=plan)) if each[0] != besides]
        nothing = [("", self.empty_label)] if self.empty_label is not None else []
        self.choices = nothing + [(section.pk, f"{'– ' * (level - 1)}{shortened(section_name(section), 100)}")
                                  for section, level in ordered]


class SectionForm(RecordForm):
    """A section as it is printed."""

    kind = forms.ChoiceField(label="What does the plan call it?", choices=Section.Kind.choices, widget=forms.RadioSelect,
                             initial=Section.Kind.PRIORITY)
    number = forms.CharField(label="Number", max_length=40, required=False, help_text="As it is printed, such as 1.2")
    title = LongText(label="Title", rows=2, error_messages={"required": "Enter the section's title"})
    impact = LongText(label="What difference will this make?", rows=4, required=False, help_text="One statement a line")
    parent = SectionField(Section.objects.none(), label="It stands under", required=False,
                          empty_label="No other section")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].of(plan, besides=self.record)

    def words(self) -> dict[str, Any]:
        """What was typed, line ends as this system keeps them."""
        said = super().words()
        return {**said, "impact": "\n".join(line.strip() for line in said["impact"].splitlines() if line.strip())}
