"""What every page that changes one thing about a learner does: show its form, save it, go back to the learner.

What is saved is checked by the rules of the return in the same transaction. What was typed and cannot be right, whatever else
is true, is refused beside its box; anything else that the return would find is told, and the change stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from throughline.analytics.formats.nccis.checking import Error
from throughline.apps.learners.forms import ReturnedForm
from throughline.apps.learners.models import Learner
from throughline.apps.learners.would_find import brought_by, cannot_be, errors_of, said_once
from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError
from throughline.apps.organisations.editing import RecordForm, form_page, saved, say_done

_TOLD = 3  # findings said in the message; the learner's page has them all


@dataclass(frozen=True)
class Checked:
    """What an action made, and what the return finds since."""

    made: Any
    brought: list[Error]


def change_page(
    request: HttpRequest, learner: Learner, form: RecordForm, action: Callable[..., Any], /, *, heading: str, done: str,
    submit: str = "Save", lead: str = "", **given: Any,
) -> HttpResponse:
    """The form, or the way back to the learner once the action has taken what was typed; given goes to the action too."""
    if found := saved(request, form, checked(action, form, learner), **given):
        say_done(request, form, done)
        tell(request, found.brought)
        return redirect("learners:learner", learner.pk)
    return form_page(request, form, heading=heading, caption=f"Learner {learner.number}", submit=submit, lead=lead,
                     back=reverse("learners:learner", args=[learner.pk]))


def checked(action: Callable[..., Any], form: RecordForm, learner: Learner | None = None) -> Callable[..., Checked]:
    """The action, and then the rules of the return; learner is None while the action is yet to make one.

    It runs within a transaction, which its RefusedError undoes: for a value that the form asked for and no return may have.
    """

    def act(**words: Any) -> Checked:
        if not isinstance(form, ReturnedForm) or not form.returned:
            return Checked(_made(action, words), [])
        before = errors_of(learner) if learner else []
        made = _made(action, words)
        brought = brought_by(before or [], errors_of(learner or made) or [])
        typed = {field: name for name, field in form.returned.items()}
        for error in brought:
            if field := cannot_be(error.rule, typed):
                raise RefusedError(f"{error.message.removesuffix('.')} (rule {error.rule.number} of the return)", typed[field])
        return Checked(made, said_once(brought))

    return act


def _made(action: Callable[..., Any], words: dict[str, Any]) -> Any:
    """What the action made; what was sent twice brings nothing more."""
    try:
        return action(**words)
    except SavedAlreadyError as again:
        raise SavedAlreadyError(again.sentence, Checked(again.made, [])) from again


def tell(request: HttpRequest, brought: list[Error]) -> None:
    """Say what the return finds since a change, in a message beside that of its success."""
    if not brought:
        return
    told = [f"{error.message} (rule {error.rule.number})" for error in brought[:_TOLD]]
    more = f" And {len(brought) - _TOLD} more." if len(brought) > _TOLD else ""
    messages.info(request, f"Saved. The return would find: {' '.join(told)}{more}")
