"""Files about young people on the stage: one that waits, with a row that nobody was found for and one that is left out, and one
that was accepted.
"""

import gzip
from datetime import UTC, date, datetime

from django.utils import timezone

from tests.house.stage import AREA, GONE, LONG, MARK, NEXT, ONE, OVER
from throughline.apps.accounts.models import User
from throughline.apps.codelists.queries import all_amended_at
from throughline.apps.exchange import models as exchange
from throughline.apps.learners import models as learners

LIST = f"Forename,Surname,DOB\n{MARK},Example {MARK},03/02/2010\nNobody,{MARK},01/02/2010\n".encode()
_OF = {"area": AREA, "kind": "list", "size": len(LIST), "as_at": date(2026, 9, 30),
       "headings": ["Forename", "Surname", "DOB"], "mapping": {"0": "given_name", "1": "family_name", "2": "date_of_birth"},
       "constants": {"activity": "230"}, "signature": "0" * 64, "passed_over": [[5, LONG[:100]]],
       "stands_since": datetime(2026, 9, 30, tzinfo=UTC)}
SHOWN = exchange.Delivery(**_OF).mark  # what the page of the one that waits is accepted by


def set_exchange() -> None:
    """Everything there is of them."""
    waiting = exchange.Delivery.objects.create(pk=ONE, name=f"{MARK} starters.csv", digest="1" * 64,
                                               counts={"unmatched": 1, "unreadable": 1, "changed": 1, "set_aside": 1}, **_OF)
    exchange.Piece.objects.create(pk=ONE, delivery=waiting, place=0, content=gzip.compress(LIST))
    known = {"given": MARK, "family": f"Example {MARK}", "born": "2010-02-03"}
    problem = {"field": "DOB", "value": "31/02/2010", "rule": "a day of the calendar", "when": "read",
               "remedy": "the calendar has no such day: look up the right one"}
    broken = {**problem, "rule": "rule 221", "remedy": LONG[:80], "who": "data_officer"}
    exchange.Row.objects.create(pk=ONE, delivery=waiting, line=3, outcome="unmatched", doubt="nobody has this name",
                                values={"given": "Nobody", "family": MARK, "born": "2010-02-01"}, problems=[broken])
    exchange.Row.objects.create(pk=GONE, delivery=waiting, line=5, outcome="set_aside", left_out=True, values=known)
    exchange.Row.objects.create(pk=OVER, delivery=waiting, line=2, outcome="changed", learner_id=ONE, values=known,
                                found="name and date of birth", changes=[
                                    {"what": "address", "how": "replaced", "before": f"1 {MARK} Row", "after": LONG[:60]},
                                    {"what": "trait", "how": "new", "before": "", "after": "110"}])
    moment = timezone.now()
    source = learners.Source.objects.create(pk=OVER, area=AREA, kind="import", name=f"{MARK} leavers.csv", at=moment)
    exchange.Delivery.objects.create(pk=OVER, name=f"{MARK} leavers.csv", digest="2" * 64, state="accepted", settled_at=moment,
                                     source=source, counts={"changed": 1}, **_OF)
    learners.LevelOfNeed.objects.create(learner_id=GONE, level="3", source=source, known_from=moment, starts=date(2026, 9, 30))
    sent = exchange.Delivery.objects.create(pk=NEXT, name=f"{MARK} sent.csv", digest="3" * 64, sent=True,
                                            counts={"unreadable": 1}, **_OF)
    exchange.Piece.objects.create(pk=NEXT, delivery=sent, place=0, content=gzip.compress(LIST))
    exchange.Row.objects.create(pk=NEXT, delivery=sent, line=4, outcome="unreadable", problems=[problem])
    exchange.Row.objects.create(delivery=waiting, line=4, outcome="unreadable", problems=[problem])


def compare() -> None:
    """Let the files that wait have been compared with everybody, and by the rules and code lists, as the stage has them."""
    exchange.Delivery.objects.filter(settled_at=None).update(compared_at=timezone.now(), compared_by=all_amended_at())


def send_as(user: User) -> None:
    """Let somebody of a school have sent the list."""
    exchange.Delivery.objects.filter(pk=NEXT).update(by=user)
