"""Putting a reading right by hand: its parts changed, added, split, joined, taken out, brought back; unread words placed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans import reading_corrections as corrections
from throughline.apps.plans.actions.reading import correct, undo
from throughline.apps.plans.forms.reading_pieces import FORMS, PlaceForm, SplitForm
from throughline.apps.plans.models import Reading
from throughline.apps.plans.reading_page import words_at
from throughline.apps.plans.reading_pieces import ACTION, FRONT, MEASURE, SECTION, UNREAD, pieces_of
from throughline.apps.plans.reading_queries import piece_or_404
from throughline.apps.plans.reading_words import called
from throughline.apps.plans.views.reading import of_request

_FORM = "plans/reading_form.html"


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Change the fields of a section, an action, a measure or the plan as a whole."""
    reading = of_request(request, pk)
    pieces, piece = piece_or_404(reading, key, *FORMS)
    form = FORMS[piece["what"]](request.POST or None, record=reading, pieces=pieces, key=key)
    if done := saved(request, form, partial(_edit, reading=reading, key=key)):
        messages.success(request, done)
        return redirect(_address(reading, key))
    heading = f"Put right: {_begun_small(called(key, piece))}"
    return _page(request, reading, key, form, heading=heading, source=piece.get("source", ""))


def _edit(*, by: Any, reading: Reading, key: str, **texts: str) -> str:
    changed = correct(by=by, reading=reading, operation=corrections.edited, key=key, texts=texts)
    return "The correction is kept." if changed else "Nothing was changed."


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Add a section, an action or a measure that was not read; ?under= names the section it stands in."""
    reading = of_request(request, pk)
    form = FORMS[what](request.POST or None, pieces=pieces_of(reading.read, reading.corrections),
                       initial={"under": request.GET.get("under", "")})
    if saved(request, form, partial(_add, reading=reading, what=what)):
        messages.success(request, f"The {what} is added.")
        return redirect(_address(reading, _last_added(reading)))
    return _page(request, reading, request.GET.get("under", ""), form, heading=f"Add {'an' if what == ACTION else 'a'} {what}")


def _add(*, by: Any, reading: Reading, what: str, **texts: str) -> bool:
    return correct(by=by, reading=reading, operation=corrections.added, did="Added", what=what, texts=texts)


def _last_added(reading: Reading) -> str:
    reading.refresh_from_db(fields=["corrections"])
    return str(reading.corrections[-1]["changes"][0]["path"])


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def split(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Make two of an action that was read as one."""
    reading = of_request(request, pk)
    _, piece = piece_or_404(reading, key, ACTION)
    form = SplitForm(request.POST or None, steps=piece["steps"], initial={"first": piece["text"]})
    if _corrected(request, form, reading, corrections.split, "Split", key=key):
        messages.success(request, "The action is split in two.")
        return redirect(_address(reading, key))
    return _page(request, reading, key, form, heading="Split an action in two", source=piece["source"], submit="Split it")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def place(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Put words that were left unread where they belong, or say that they are no part of the plan."""
    reading = of_request(request, pk)
    pieces, piece = piece_or_404(reading, key, UNREAD)
    form = PlaceForm(request.POST or None, pieces=pieces, key=key)
    if _corrected(request, form, reading, corrections.taken, "Placed unread words:", key=key):
        messages.success(request, "The words are placed.")
        following = [other for other, each in pieces.of(UNREAD) if not each["taken"] and each["place"] > piece["place"]]
        return redirect(_address(reading, following[0] if following else "unread"))
    return _page(request, reading, key, form, heading="Where do these words belong?", source=piece["source"], submit="Place them",
                 lead=f"They were left unread: {piece['why']}")


def _corrected(request: HttpRequest, form: Any, reading: Reading, operation: Any, did: str, **given: Any) -> bool:
    """Whether a form was posted, is right, and what it says is done; otherwise the form says what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return False
    words = form.words() if hasattr(form, "words") else form.cleaned_data
    try:
        return correct(by=request.user, reading=reading, operation=operation, did=did, **given, **words)
    except RefusedError as error:
        form.add_error(error.field if error.field in form.fields else NON_FIELD_ERRORS, error.sentence)
    return False


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def join(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Join an action with the one above it."""
    return _turn(request, pk, key, corrections.joined, "Joined another to", "Joined with the action above.", (ACTION,))


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take a part out; it stays on the page, struck through."""
    said = "Taken out. It stays on the page, struck through, and you can bring it back there."
    return _turn(request, pk, key, corrections.removed, "Took out", said, (SECTION, ACTION, MEASURE))


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def restore(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Bring a part back."""
    return _turn(request, pk, key, corrections.restored, "Brought back", "Brought back.", (SECTION, ACTION, MEASURE))


def _turn(request: HttpRequest, pk: int, key: str, operation: Any, did: str, said: str, kinds: tuple[str, ...]) -> HttpResponse:
    """Do one thing to one part, say so, and go back to it."""
    reading = of_request(request, pk)
    piece_or_404(reading, key, *kinds)
    try:
        correct(by=request.user, reading=reading, operation=operation, did=did, key=key)
        messages.success(request, said)
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(_address(reading, key))


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def undo_last(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Undo the last correction, which the page that was read numbered so."""
    reading = of_request(request, pk)
    try:
        messages.success(request, f"Undone: {_begun_small(undo(by=request.user, reading=reading, number=number))}.")
    except RefusedError as error:
        messages.error(request, error.sentence)
    return redirect(_address(reading, "corrections"))


def _begun_small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _address(reading: Reading, key: str) -> str:
    return reverse("plans:reading", args=[reading.pk]) + (f"#{key}" if key and key != FRONT else "")


def _page(request: HttpRequest, reading: Reading, key: str, form: Any, source: str = "", **given: Any) -> HttpResponse:
    """A form beside what stands in the document where it was read. Answers 404 for the form of a settled reading."""
    if reading.state != Reading.State.WAITING and request.method == "GET":
        raise Http404("This reading is settled, so nothing of it is put right any more.")
    return form_page(request, form, caption=reading.name, back=_address(reading, key), template=_FORM, source=source,
                     words=words_at(reading.document, source), **given)
