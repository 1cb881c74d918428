"""Forms over records that two people may have open at once: a save that would lose somebody's words is answered with both."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError
from throughline.ui.formats import day

STALE = ("Somebody else changed this while you had it open. Both texts are below: put right what is in the boxes and save again, "
         "or leave the page to keep theirs")


@dataclass(frozen=True)
class Clash:
    """A field of which the saved text and the typed one differ."""

    label: str
    saved: str
    typed: str


class RecordForm(forms.Form):
    """A form that makes a record, or changes the one given; then it carries a digest of what it was opened on."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    was_faster = STALE

    def __init__(self, data: Any = None, files: Any = None, *, record: models.Model | None = None,
                 initial: dict[str, Any] | None = None) -> None:
        self.record, self.clashes = record, []
        self.way: tuple[str, str] | None = None  # where what was refused is put right, as words and an address
        self.sent_again = False  # whether it was sent twice, which a message has said already
        held = self.held(record) if record else {}
        kept = {name: value for name, value in held.items() if value not in (None, "")}
        super().__init__(data, files, initial={**(initial or {}), **kept, "version": _digest(held)})

    def held(self, record: models.Model) -> dict[str, Any]:
        """What the record has for each field of the form; what is no field of it only tells whether something changed."""
        return {name: record.serializable_value(name) for name in self.base_fields if name != "version"}

    def words(self) -> dict[str, Any]:
        """What was typed, under the names that the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def stale(self, now: models.Model) -> bool:
        """Whether the record was changed since the form was opened; then both texts are kept to be shown."""
        held, opened = self.held(now), self.cleaned_data.get("version")
        if not opened or opened == _digest(held):
            return False
        typed = {name: self.cleaned_data.get(name) for name in held if name in self.fields}
        told = [(self.fields[name], self._said(name, held[name]), self._said(name, typed[name])) for name in typed]
        self.clashes = [Clash(str(field.label), saved, mine) for field, saved, mine in told if saved != mine]
        self.data = self.data.copy()
        self.data["version"] = _digest(held)  # whoever saves now has seen both
        self.add_error(None, self.was_faster)
        return True

    def _said(self, name: str, value: Any) -> str:
        """A value as the page shows it."""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return day(value)
        if isinstance(value, models.Model):
            value = value.pk
        choices = getattr(self.fields[name], "choices", None)
        if isinstance(value, (list, models.QuerySet)):
            ticked = {str(getattr(each, "pk", each)) for each in value}
            return ", ".join(str(label) for key, label in choices or () if str(key) in ticked)
        if choices is not None and value not in (None, ""):
            return next((str(label) for key, label in choices if str(key) == str(value)), "")
        return str(value or "").replace("\r\n", "\n").strip()


def saved(request: HttpRequest, form: RecordForm, action: Callable[..., Any], **given: Any) -> Any:
    """What the action made of a form that was posted and is right; otherwise None, and the form says what is wrong.

    Of a form that was sent twice it is what was made the first time, a message says so, and the form is marked sent_again.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        with transaction.atomic():
            if form.record and form.stale(_locked(form.record)):
                return None
            return action(by=request.user, **given, **form.words()) or True
    except SavedAlreadyError as again:
        messages.info(request, again.sentence)
        form.sent_again = True
        return again.made
    except RefusedError as error:
        form.way = error.way
        form.add_error(error.field if error.field in form.fields else NON_FIELD_ERRORS, error.sentence)
    return None


def say_done(request: HttpRequest, form: RecordForm, sentence: str) -> None:
    """Say in a message what was done; of a form that was sent twice nothing, since a message has said that it stands once."""
    if not form.sent_again:
        messages.success(request, sentence)


def form_page(request: HttpRequest, form: forms.Form, *, heading: str, back: str, submit: str = "Save", lead: str = "",
              caption: str = "", template: str = "organisations/form.html", **more: Any) -> HttpResponse:
    """A page that is one form: what it is for, what is wrong with it, both texts when somebody else was faster."""
    shown = {"form": form, "heading": heading, "back": back, "submit": submit, "lead": lead, "caption": caption, **more}
    return render(request, template, shown)


def _locked(record: models.Model) -> models.Model:
    """The record as it is now, held until the transaction ends. Raises RefusedError when it has gone."""
    if now := type(record)._base_manager.select_for_update().filter(pk=record.pk).first():
        return now
    raise RefusedError("Somebody took this away while you had it open. Copy what you typed, if you need it elsewhere")


def _digest(held: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(held, default=str, sort_keys=True).encode()).hexdigest()[:20]
