"""How an action is going, as its owner says it."""

from typing import Any

from django import forms
from django.utils import timezone

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.organisations.forms import NO_YOUNG_PERSON, LongText
from throughline.apps.plans.models import Action, Update
from throughline.apps.plans.models.progress import Rag
from throughline.apps.plans.words import rated
from throughline.ui.days import DayField
from throughline.ui.formats import day

NONE = "none"  # what stands for no rating in a form, where an empty choice would mean that nothing was chosen
RATINGS = [(Rag.GREEN.value, "Green"), (Rag.AMBER.value, "Amber"), (Rag.RED.value, "Red"), (NONE, "Not rated")]


class UpdateForm(RecordForm):
    """One update. seen is the latest update that the reader had before them."""

    as_at = DayField(label="As at", help_text="The day on which this is so")
    rag = forms.ChoiceField(label="Rating", choices=RATINGS, widget=forms.RadioSelect,
                            error_messages={"required": "Choose a rating, or “Not rated”"})
    override_reason = LongText(label="Why not the rating proposed?", rows=2, required=False,
                               help_text="Needed where your rating is another than the one proposed. Both are kept")
    narrative = LongText(label="How is it going?", rows=4, required=False,
                         help_text=f"What has been done since the last update, and what stands in the way. {NO_YOUNG_PERSON}")
    next_step = LongText(label="What happens next?", rows=2, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, action: Action, latest: Update | None = None) -> None:
        self.action, self.newer = action, None
        seen = str(latest.pk) if latest else "0"
        super().__init__(data, initial={"as_at": timezone.localdate(), "seen": seen})
        self._latest, self._seen_now = latest, seen

    def clean(self) -> dict[str, Any]:
        """Somebody who updated the action meanwhile is read first; nothing is overwritten either way."""
        cleaned = super().clean() or {}
        seen = cleaned.get("seen")
        if seen and seen != self._seen_now and self._latest:
            self.newer = self._latest
            who = self.newer.by.full_name if self.newer.by else "Somebody"
            self.data = self.data.copy()
            self.data["seen"] = self._seen_now  # whoever saves now has seen it
            self.add_error(None, f"{who} updated this action while you had it open: {rated(self.newer.rag)}, "
                                 f"{day(self.newer.as_at)}. Read their update, then save yours beside it or leave the page")
        return cleaned

    def words(self) -> dict[str, Any]:
        """What the action takes."""
        words = super().words()
        words.pop("seen")
        return {**words, "rag": "" if words["rag"] == NONE else words["rag"]}
