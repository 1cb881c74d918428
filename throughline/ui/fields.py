"""Turns a bound field of a Django form into the GOV.UK component that shows it and what that component is given."""

from collections.abc import Container
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

_PASSED_ON = ("inputmode", "pattern", "accept", "min", "max", "list", "data-module")


@dataclass(frozen=True)
class Component:
    """kind names the macro of ui/forms.html, params is what it takes, first_id is where an error summary links to."""

    kind: str
    params: dict[str, Any] = field(default_factory=dict)
    first_id: str = ""


def component(bound: BoundField) -> Component:
    """The component for a field, by its widget. Raises TypeError for a widget that has none."""
    for widgets, build in _BUILDERS:
        if isinstance(bound.field.widget, widgets):
            return build(bound)
    raise TypeError(f"no component shows a {type(bound.field.widget).__name__} (field {bound.name})")


@dataclass(frozen=True)
class Part:
    """Boxes of a form that stand together, under a legend where there is one; folded away where few need them."""

    boxes: list[BoundField]
    legend: str = ""
    folded: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether there is something to see in one of the boxes: what was typed, or what is wrong with it."""
        return any(bound.value() or bound.errors for bound in self.boxes)


def parts(form: forms.BaseForm) -> list[Part]:
    """What a form shows, in its order, but for the boxes that an option of its radios reveals.

    together of a form says which boxes stand under one legend, {legend: names}; they follow the box that asks whether they
    are wanted. revealed says which boxes an option of radios reveals, {(name, value): names}; wanted_by says of boxes that
    stand together which options of the select before them want them, {name: (name of the select, values)}. folded says which
    are folded away at the end, under the words of folded_under.
    """
    legends = {name: legend for legend, names in getattr(form, "together", {}).items() for name in names}
    revealed = {name for names in getattr(form, "revealed", {}).values() for name in names}
    folded = [name for name in getattr(form, "folded", ()) if name in form.fields]
    shown = (bound for bound in form if bound.name not in revealed.union(folded))
    found: list[Part] = []
    for legend, run in groupby(shown, key=lambda bound: legends.get(bound.name, "")):
        boxes = list(run)
        found += [Part(boxes, legend)] if legend else [Part([bound]) for bound in boxes]
    return found + ([Part([form[name] for name in folded], form.folded_under, folded=True)] if folded else [])


def error_list(form: forms.BaseForm) -> list[dict[str, str]]:
    """What an error summary lists: messages of the whole form first, then of each field with a link to it."""
    listed = [{"html": _without_full_stop(message)} for message in form.non_field_errors()]
    for bound in form:
        href = {} if bound.is_hidden else {"href": f"#{component(bound).first_id}"}
        listed.extend({"html": message, **href} for message in _messages(bound))
    return listed


def _messages(bound: BoundField) -> list[SafeString]:
    """The field's errors; Django's own “This field is required” says what to do instead."""
    bare = str(forms.Field.default_error_messages["required"])
    return [_what_is_wanted(bound) if error == bare else _without_full_stop(error) for error in bound.errors]


def _without_full_stop(message: str) -> SafeString:
    """A one-sentence message ends without a full stop, as GOV.UK writes them."""
    ended = message[:-1] if message.endswith(".") and ". " not in message else message
    return SafeString(ended) if isinstance(message, SafeString) else conditional_escape(ended)


def _what_is_wanted(bound: BoundField) -> SafeString:
    chosen = (forms.ChoiceField, forms.FileField, forms.ModelChoiceField)
    label = str(bound.label)
    if isinstance(bound.field, forms.BooleanField):
        return conditional_escape(f"Tick “{label}” to go on")
    if label.endswith("?"):
        return conditional_escape(f"Answer “{label}”")
    verb = "Choose" if isinstance(bound.field, chosen) else "Enter"
    return conditional_escape(f"{verb} {label if label[1:2].isupper() else label[:1].lower() + label[1:]}")


def _shared(bound: BoundField) -> dict[str, Any]:
    """What every component takes: its name, hint and error."""
    params: dict[str, Any] = {"name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"html": conditional_escape(bound.help_text)}
    if messages := _messages(bound):
        params["errorMessage"] = {"html": format_html_join(SafeString("<br>"), "{}", ((m,) for m in messages))}
    return params


def _label(bound: BoundField) -> str:
    """A form that narrows a list says so with narrows = True: there everything may be left empty, and goes without saying.

    either names the boxes of a form of which one is wanted, by what is chosen above them: none of them is optional.
    """
    plain = bound.field.required or getattr(bound.form, "narrows", False) or bound.name in getattr(bound.form, "either", ())
    return str(bound.label) if plain else f"{bound.label} (optional)"


def _labelled(bound: BoundField) -> dict[str, Any]:
    """What a component of one control takes beyond that: its id, label and passed-on attributes."""
    attrs = bound.field.widget.attrs
    params = _shared(bound) | {"id": bound.auto_id, "label": {"text": _label(bound)}}
    params["attributes"] = {name: str(attrs[name]) for name in _PASSED_ON if name in attrs}
    if bound.field.disabled:
        params["disabled"] = True
    return params


def _autocomplete(bound: BoundField) -> str | None:
    """What a browser may fill in: what the form says, otherwise what the field's name and widget make plain."""
    if said := bound.field.widget.attrs.get("autocomplete"):
        return said
    if isinstance(bound.field.widget, forms.PasswordInput):
        return "current-password" if bound.name in ("password", "oldpassword", "old_password") else "new-password"
    return {"login": "email", "email": "email", "code": "one-time-code"}.get(bound.name)


def _input(bound: BoundField) -> Component:
    widget = bound.field.widget
    params = _labelled(bound)
    params["value"] = widget.format_value(bound.value()) or ""
    params["type"] = {"email": "email", "url": "url", "tel": "tel", "search": "search"}.get(widget.input_type, "text")
    params["classes"] = widget.attrs.get("class", "")
    if autocomplete := _autocomplete(bound):
        params["autocomplete"] = autocomplete
    if isinstance(widget, forms.NumberInput):
        params["inputmode"] = "numeric" if type(bound.field) is forms.IntegerField else "decimal"
        params["classes"] = params["classes"] or "govuk-input--width-10"
    if params["type"] == "email" or autocomplete == "one-time-code":
        params["spellcheck"] = False
    if suffix := widget.attrs.get("suffix"):
        params["suffix"] = {"text": suffix}
    return Component("input", params, bound.auto_id)


def _password(bound: BoundField) -> Component:
    return Component("password", _labelled(bound) | {"autocomplete": _autocomplete(bound)}, bound.auto_id)


def _textarea(bound: BoundField) -> Component:
    params = _labelled(bound) | {"value": bound.value() or "", "rows": str(bound.field.widget.attrs.get("rows", 5))}
    return Component("textarea", params, bound.auto_id)


def _file(bound: BoundField) -> Component:
    return Component("file", _labelled(bound), bound.auto_id)


def _select(bound: BoundField) -> Component:
    items = _options(bound, "selected")
    for item in items:
        wants = [str(at) for at, (name, values) in enumerate(_wanted(bound.form).values(), 1)
                 if name == bound.name and item["value"] in values]
        item |= {"attributes": {"data-wants": " ".join(wants)}} if wants else {}
    return Component("select", _labelled(bound) | {"items": items}, bound.auto_id)


def wanted_at(bound: BoundField) -> int:
    """Which of the boxes that only some options want this is, from 1 on, as those options and the style sheet name it; or 0."""
    return next((at for at, name in enumerate(_wanted(bound.form), 1) if name == bound.name), 0)


def _wanted(form: forms.BaseForm) -> dict[str, tuple[str, Container[str]]]:
    return getattr(form, "wanted_by", {})


def _several(kind: str) -> Any:
    def build(bound: BoundField) -> Component:
        legend = {"legend": {"text": _label(bound), "classes": "govuk-fieldset__legend--s"}}
        revealed = getattr(bound.form, "revealed", {})
        items = [{**item, "reveals": [bound.form[name] for name in revealed.get((bound.name, item["value"]), ())]}
                 for item in _options(bound, "checked") if item["value"] != ""]
        params = _shared(bound) | {"idPrefix": bound.auto_id, "fieldset": legend, "items": items}
        return Component(kind, params, bound.auto_id)

    return build


def _options(bound: BoundField, mark: str) -> list[dict[str, Any]]:
    """The choices as items; mark is the key under which the component is told which are chosen."""
    data = [option.data for option in bound.subwidgets]
    return [
        {"value": str(option["value"]), "text": str(option["label"]), mark: bool(option["selected"]),
         "disabled": bool(option["attrs"].get("disabled") or bound.field.disabled)}
        for option in data
    ]


def _tick_box(bound: BoundField) -> Component:
    shared = _shared(bound)
    item = {"value": "on", "html": conditional_escape(bound.label), "checked": bool(bound.value()), "id": bound.auto_id}
    if hint := shared.pop("hint", None):
        item["hint"] = hint
    return Component("checkboxes", shared | {"idPrefix": bound.auto_id, "items": [item]}, bound.auto_id)


def _day_month_year(bound: BoundField) -> Component:
    """Three boxes, under the names that Django's SelectDateWidget reads."""
    shown = bound.field.widget.format_value(bound.value())
    wrong = " govuk-input--error" if bound.errors else ""
    items = [
        {"id": f"{bound.auto_id}-{part}", "name": f"{bound.html_name}_{part}", "label": part.capitalize(),
         "classes": f"govuk-input--width-{4 if part == 'year' else 2}{wrong}", "value": shown.get(part) or ""}
        for part in ("day", "month", "year")
    ]
    legend = {"legend": {"text": _label(bound), "classes": "govuk-fieldset__legend--s"}}
    params = _shared(bound) | {"id": bound.auto_id, "fieldset": legend, "items": items}
    return Component("date", params, items[0]["id"])


def _hidden(bound: BoundField) -> Component:
    return Component("hidden")


# The first that fits wins, so a widget comes before those it is made from.
_BUILDERS: tuple[tuple[Any, Any], ...] = (
    (forms.HiddenInput, _hidden),
    (forms.SelectDateWidget, _day_month_year),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (forms.CheckboxInput, _tick_box),
    ((forms.CheckboxSelectMultiple, forms.SelectMultiple), _several("checkboxes")),
    (forms.RadioSelect, _several("radios")),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.widgets.Input, _input),
)
