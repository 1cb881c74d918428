"""Numbers of rules said otherwise: what the tests of their pages are about, and how they say it."""

from datetime import date

from django.urls import reverse

from tests.cast import signed_in_client
from throughline.analytics.participation.stated import Place
from throughline.apps.codelists import actions, ruling
from throughline.apps.codelists.models import RuleAmendment

EDITION = date(2015, 4, 1)
MONTHS = Place(EDITION, ("rule", "310", "months"))
ARGS = ["currency", "2015-04-01"]
CHANGE = ("learners:amend_rule", [*ARGS, "rule.310.months"])
TYPED = {"value": "9", "confidence": "high", "source": "The requirement of 2026-27", "when": "always",
         "reason": "Appendix A", "confirm": "1"}
NOVEMBER = date(2026, 11, 1)
FROM_NOVEMBER = {"when": "onward", "since_day": "1", "since_month": "11", "since_year": "2026"}


def months(day=date(2026, 10, 31)) -> int:
    """After how many months an apprenticeship lapses, as a month end is judged."""
    return ruling.rule("currency").on(day).rules["310"].months


def amend(value=9, place=MONTHS, file="currency", by=None, since=None) -> RuleAmendment:
    return actions.amend_rule(by=by, file=file, place=place, value=value, reason="Appendix A, page 4", since=since)


def page(name: str, args=(), role="councillor") -> str:
    address = name if ":" in name else f"codelists:{name}"
    return signed_in_client(role).get(reverse(address, args=args)).content.decode()
