"""The contacts of a learner: what was tried, what came of it, and logging the next."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from throughline.analytics.participation.standing import Standing
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import files, queries, worklist
from throughline.apps.followup import rules as stated
from throughline.apps.followup.actions import contacts as actions
from throughline.apps.followup.contact_forms import ContactForm, CorrectContactForm
from throughline.apps.followup.models import Following, LoggedContact
from throughline.apps.followup.register import register
from throughline.apps.followup.views.seen import back_to, came_from, form_about, noted
from throughline.apps.handbook.queries import beside
from throughline.apps.handbook.tasks import CONTACT
from throughline.apps.learners.codes import activity_label, codeset, says_nothing
from throughline.apps.learners.doing import since
from throughline.apps.learners.models import Contact, Learner
from throughline.apps.learners.outside import outside
from throughline.apps.learners.queries import activity_on, learner_or_404
from throughline.apps.learners.sight import shut_to
from throughline.apps.learners.standings import WORDS, standing_on
from throughline.apps.learners.views.changing import checked, tell
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import saved, say_done
from throughline.ui.downloads import table_response
from throughline.ui.formats import day

_LOGGED = "What you log is never changed afterwards: a mistake is put right by a correction beside it."


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Every try to reach somebody, who has them, and their cases and decisions; a shut record leads to where it is opened."""
    if learner_or_404(request.user, pk).pk in shut_to(request.user):
        return redirect("learners:open", pk)
    learner = queries.followed_or_404(request.user, pk)
    noted(request, learner)
    held = register(request.user.area)
    row, lists = held.rows.get(pk), held.rules.worklists.lists
    shown = {
        "learner": learner, "name": queries.name_of(learner), "row": row, "standings": WORDS,
        "doing": _doing(learner), "following": Following.objects.filter(learner=learner).select_related("officer").first(),
        "reasons": [(lists[each], worklist.why(row, lists[each], held.rules.day)) for each in row.lists] if row else [],
        "contacts": queries.contacts_of(learner), "channels": stated.contacting().channels, "outcomes": stated.outcomes(),
        "label": codeset("activity").label, "cases": learner.support_cases.select_related("worker"),
        "case_outcomes": stated.casework().outcomes, "decisions": learner.risk_decisions.select_related("by"),
        "ways": _ways(learner), "gone": outside(learner.pk, held.rules.day), "came_from": came_from(request),
    }
    return render(request, "followup/contacts.html", shown)


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Every try to reach somebody, as CSV or XLSX."""
    learner = queries.followed_or_404(request.user, pk)
    noted(request, learner, verb=Verb.DOWNLOADED)
    rows = list(files.contact_rows(queries.contacts_of(learner)))
    return table_response(kind, f"Contacts of {learner.number}", files.CONTACT_COLUMNS, rows, files.NOTES[:1])


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a contact, and record with it what was said."""
    learner = queries.followed_or_404(request.user, pk)
    gone = outside(learner.pk, timezone.localdate())
    form = ContactForm(request.POST or None, learner=learner, **_still_doing(learner), next_set=_next_contact(learner),
                       gone=gone, participates=_participates(learner),
                       records=may(request.user, Permission.EDIT_LEARNERS),
                       initial={"channel": request.GET.get("channel", "")[:30]})
    if found := saved(request, form, checked(actions.log_contact, form, learner), learner=learner):
        _say_logged(request, form, found.made)
        tell(request, found.brought)
        return back_to(request, "followup:contacts", pk)
    return form_about(request, learner, form, heading="Log a contact", submit="Log it",
                      back=came_from(request) or reverse("followup:contacts", args=[pk]),
                      lead=f"{_LOGGED} {gone.sentence(reason=False)} So no next contact is asked for." if gone else _LOGGED,
                      template="followup/log.html", ways=_ways(learner), handbook=beside(request.user, CONTACT))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put beside a contact what it should have said."""
    asked = get_object_or_404(LoggedContact.objects.select_related("learner"), pk=pk, learner__area=request.user.area)
    contact = queries.newest_of(asked)  # somebody may have corrected it meanwhile
    learner = queries.followed_or_404(request.user, contact.learner_id)
    form = CorrectContactForm(request.POST or None, record=contact)
    if made := saved(request, form, actions.correct_contact, contact=contact):
        messages.success(request, format_html("The correction stands beside the contact.{}", _left_behind(contact, made)))
        return redirect("followup:contacts", learner.pk)
    return form_about(request, learner, form, heading="Correct a contact", submit="Save the correction",
                      back=reverse("followup:contacts", args=[learner.pk]),
                      lead="The contact stays as it was logged and counts no more; your correction counts in its place. An "
                           "activity that was recorded with it is put right on the young person's own page.")


def _left_behind(contact: LoggedContact, made: LoggedContact) -> str:
    """What the correction of a contact leaves in the register, with the way to it; nothing where it says the same."""
    if made.said == contact.said:
        return ""
    return format_html(' What was said is in the register still: put that right on <a class="govuk-notification-banner__link" '
                       'href="{}">their own page</a>.', reverse("learners:learner", args=[contact.learner_id]))


def _say_logged(request: HttpRequest, form: ContactForm, made: LoggedContact) -> None:
    """Say in a message what was logged and when the next contact is; of one that was sent again, what alone was changed."""
    follows = _what_follows(made.learner, form.cleaned_data.get("next_contact"))
    if made.stands_once:
        messages.info(request, "You logged the same contact a moment ago, so it stands once. Only the next contact was changed: "
                               f"{follows[0].lower()}{follows[1:]} {actions.ONCE_MORE}.")
        return
    whom = f" with {queries.name_of(made.learner)}" if came_from(request) else ""  # among the others of a list
    say_done(request, form, f"The contact{whom} is logged.{_in_the_register(made)} {follows}")


def _what_follows(learner: Learner, typed: date | None) -> str:
    """When the next contact is, as a sentence; of whoever is not of the cohort that there is none, whatever day was typed."""
    if gone := outside(learner.pk, timezone.localdate()):
        kept = f"the next contact of {day(typed)} is not kept" if typed else "no next contact is due"
        return f"{gone.sentence(reason=False).removesuffix('.')}, so {kept}."
    on = _next_contact(learner)
    if on and on < timezone.localdate():
        return f"The next contact was set for {day(on)}. That day is over, so it is overdue: set another day."
    return f"The next contact is set for {day(on)}." if on else "No next contact is set."


def _in_the_register(made: LoggedContact) -> str:
    """What the register holds of what was said in a contact, as a sentence; nothing where nothing was said."""
    held = activity_on(made.learner, made.on) if made.said else None
    if held is None:
        return ""
    return f" They are recorded as “{activity_label(held.code)}” {since(held)}."


def _next_contact(learner: Learner) -> date | None:
    """The day that is set for the next contact, if one is; none of whoever is not of the cohort, whatever day was set."""
    if outside(learner.pk, timezone.localdate()):
        return None
    return Following.objects.filter(learner=learner).values_list("next_contact", flat=True).first()


def _ways(learner: Learner) -> QuerySet[Contact]:
    """Whom to speak to about somebody today."""
    return learner.contacts.known().on()


def _doing(learner: Learner) -> str:
    activity = activity_on(learner, timezone.localdate())
    return activity_label(activity.code) if activity else ""


def _participates(learner: Learner) -> bool:
    return standing_on(learner.activities.known(), timezone.localdate(), True).stood.standing is Standing.PARTICIPATING


def _still_doing(learner: Learner) -> dict[str, str]:
    """What they may say they are still doing, in words and by its code."""
    activity = activity_on(learner, timezone.localdate())
    known = activity and not says_nothing(activity.code, timezone.localdate())
    return {"doing": activity_label(activity.code), "code": activity.code} if known else {"doing": "", "code": ""}
