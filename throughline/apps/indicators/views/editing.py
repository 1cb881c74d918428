"""Adding and editing an indicator: what is typed as a target is shown back as it was understood, before it is saved."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from throughline.analytics.targets.language import NotUnderstood, Target
from throughline.analytics.targets.say import say, say_baseline, say_due
from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators import actions
from throughline.apps.indicators.actions.changing import subject_of, version_of
from throughline.apps.indicators.forms import IndicatorForm, initial_of, measure_choices, suggested_key
from throughline.apps.indicators.meaning import baseline_of, polarity_for, read_target
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.queries import indicator_or_404
from throughline.apps.indicators.suggest import Suggestion, suggestions
from throughline.apps.indicators.views.drawing import page
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.performance import figures


@dataclass(frozen=True)
class Understood:
    """What was typed, as it was understood: sentences, doubts and left-over words; or why not, with a wording that works."""

    said: str = ""
    due: str = ""
    baseline: str = ""
    better: str = ""
    doubts: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    why_not: str = ""
    wording: str = ""
    suggested: tuple[tuple[str, Suggestion], ...] = ()


def understood(form: IndicatorForm, indicator: Indicator | None = None) -> Understood:
    """The meaning of a form as it was typed, whether or not it can be saved."""
    typed = {name: str(form[name].value() or "") for name in
             ("title", "target_words", "due_printed", "baseline_printed", "cohort", "unit", "follows", "polarity")}
    cells = list(indicator.trajectory.all()) if indicator else []
    target = read_target(words=typed["target_words"], title=typed["title"], unit=typed["unit"], due=typed["due_printed"],
                         baseline=typed["baseline_printed"], cohort=typed["cohort"], cells=cells)
    near = suggestions(typed["title"], typed["cohort"], typed["target_words"])
    offered = tuple((suggested_key(one), one) for one in near if suggested_key(one) != typed["follows"])
    if isinstance(target, NotUnderstood):
        return Understood(why_not=target.why, wording=target.wording, suggested=offered)
    return _meaning(target, typed, offered)


def _meaning(target: Target, typed: dict[str, str], offered: tuple[tuple[str, Suggestion], ...]) -> Understood:
    baseline = baseline_of(typed["baseline_printed"], target)
    measure = typed["follows"].split("|")[0]
    guessed = polarity_for(title=typed["title"], target=target, measure=measure)
    return Understood(
        say(target), say_due(target.due) if target.due else "", say_baseline(baseline) if baseline else "",
        "" if typed["polarity"] else guessed.words, target.doubts, target.unread, suggested=offered,
    )


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted; a suggestion that was pressed has been chosen, with the measure's own unit and decimals."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    for name, value in _following(data.get("take", "")).items():
        data[name] = str(value)
    return data


def _following(key: str) -> dict[str, Any]:
    """The boxes of the form as a measure fills them, by its key among the choices; {} for a key that is none."""
    if not key or key not in dict(measure_choices()):
        return {}
    measure = figures.measures()[key.split("|")[0]]
    return {"follows": key, "unit": measure.unit.value, "decimals": measure.decimals, "polarity": measure.polarity.value}


def _only_checked(request: HttpRequest) -> bool:
    return "check" in request.POST or "take" in request.POST


@of_own_authority(Permission.EDIT_INDICATORS)
def add(request: HttpRequest) -> HttpResponse:
    """Register an indicator; its meaning can be checked first."""
    form = IndicatorForm(_posted(request))
    if request.method == "POST" and not _only_checked(request) and form.is_valid():
        try:
            made = actions.register_indicator(by=request.user, area=request.user.area, **form.fields_given())
            messages.success(request, f"{made} was put in the register.")
            return redirect("indicators:indicator", made.pk)
        except actions.RefusedChangeError as error:
            form.add_error(None, str(error))
    return _page(request, form, None)


@of_own_authority(Permission.EDIT_INDICATORS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Amend an indicator, with the reason; a form somebody else overtook is answered with both texts."""
    indicator = indicator_or_404(request.user, pk)
    request.audit_subject = subject_of(indicator)
    start = initial_of(indicator) | {"seen": version_of(indicator)} | _following(request.GET.get("follow", ""))
    form = IndicatorForm(_posted(request), editing=indicator, initial=start)
    if request.method != "POST" or _only_checked(request) or not form.is_valid():
        return _page(request, form, indicator)
    try:
        given = form.cleaned_data
        actions.amend_indicator(by=request.user, indicator=indicator, reason=given["reason"], seen=given["seen"],
                                **form.fields_given())
        messages.success(request, f"{indicator.number or 'The indicator'} was saved.")
        return redirect("indicators:indicator", indicator.pk)
    except actions.ChangedMeanwhileError:
        return _overtaken(request, form, indicator)
    except actions.RefusedChangeError as error:
        form.add_error(None, str(error))
        return _page(request, form, indicator)


def _overtaken(request: HttpRequest, form: IndicatorForm, indicator: Indicator) -> HttpResponse:
    """Both texts, field by field where they differ; saving again keeps this reader's."""
    indicator.refresh_from_db()
    theirs = initial_of(indicator)
    mine = {name: form[name].value() for name in theirs}
    differ = [(form[name].label, theirs[name], mine[name]) for name in theirs if str(theirs[name]) != str(mine[name] or "")]
    form.data = form.data.copy()
    form.data["seen"] = version_of(indicator)
    return _page(request, form, indicator, differ)


def _page(request: HttpRequest, form: IndicatorForm, indicator: Indicator | None, differ: list | None = None) -> HttpResponse:
    told = request.method == "POST" or bool(request.GET.get("follow"))
    context = {"form": form, "indicator": indicator, "differ": differ, "meaning": understood(form, indicator) if told else None,
               "checked": request.method == "POST" and _only_checked(request)}
    if context["checked"]:
        form.errors.clear()  # only the meaning was asked for; what is still missing is said on saving
    return page(request, "edit", context, status=409 if differ else 200)
