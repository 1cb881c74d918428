"""What only some may be told, planted among the records of the stage in words that stand nowhere else."""

import csv
import gzip
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from tests.house.stage import ANOTHER, AREA, NEXT, ONE, OVER, TODAY
from tests.house.stage_learners import SCHOOL
from throughline.analytics.intake.said import Doing, Said
from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.exchange import models as exchange
from throughline.apps.exchange.comparing import Compared, Findings
from throughline.apps.exchange.register import everybody
from throughline.apps.exchange.staging import compared, keep
from throughline.apps.exchange.would_break import weigh
from throughline.apps.followup import models as followup
from throughline.apps.learners import models as learners
from throughline.apps.returns.models import MonthClose

CUSTODY = "7005"  # in custody now, and was at the school
REFUGE = "7006"  # whose address is protected, and was at the school
ELSEWHERE = "7007"  # of the same authority, and of another school
FOREIGN = "7008"  # of another authority
AT_SCHOOL = (ONE, NEXT, CUSTODY, REFUGE)
HIDDEN_DISTRICT = "E07999977"
LAST_PLACE, WORKLIST = "3589997", "neet_overdue"  # of learner ONE, and of nobody else on that list
_BORN, _JOINED = date(2010, 2, 4), date(2025, 9, 1)
# What the code lists call what is sensitive, while these tests run: a label is told wherever its code is.
_LABELS = {
    "characteristic": {"150": "Vexlorine habit", "170": "Vexlorine order"},
    "leaving_reason": {"3": "Vexlorine complaint"},
    "activity": {"650": "Vexlorine waiting", "290": "Vexlorine young wing", "710": "Vexlorine adult wing"},
}


@dataclass(frozen=True)
class Told:
    """Words, and which permission of the authority's people lets somebody read them; None where an opening alone does.

    once_shut says that they are about learner ONE, and so about nobody's business while that record is restricted.
    nowhere says that no page of the table shows them to anybody.
    """

    words: str
    to: P | None
    once_shut: bool = False
    nowhere: bool = False


TOLD = (
    Told("Vexlorine habit", P.SEE_SENSITIVE, once_shut=True),
    Told("Vexloria habit teller", P.SEE_SENSITIVE, once_shut=True),
    Told("Vexlorine order", None),
    Told("Vexloria order teller", None),
    Told("Vexlorine young wing", P.SEE_SENSITIVE, once_shut=True),
    Told("Vexloria young house", P.SEE_SENSITIVE, once_shut=True),
    Told("Vexloria wing teller", P.SEE_SENSITIVE, once_shut=True),
    Told("3589998", P.SEE_SENSITIVE, once_shut=True, nowhere=True),
    Told("Vexlorine complaint", P.SEE_SENSITIVE, once_shut=True),
    Told("Vexlorine waiting", P.SEE_SENSITIVE),
    Told("Vexloria clinic", P.SEE_SENSITIVE),
    Told("Vexlorine adult wing", P.SEE_SENSITIVE),
    Told("Vexloria prison", P.SEE_SENSITIVE),
    Told("In adult custody", P.SEE_SENSITIVE),
    Told("9 Vexloria refuge", None),
    Told(HIDDEN_DISTRICT, None),
    Told("Vexlorina", P.SEE_LEARNERS, once_shut=True),
    Told("Vexloria centre", P.SEE_LEARNERS, once_shut=True),
    Told(LAST_PLACE, P.FOLLOW_UP, once_shut=True),
    Told("1 Vexloria row", P.SEE_ALL_LEARNERS, once_shut=True),
    Told("Vexlorine parent", P.SEE_ALL_LEARNERS, once_shut=True),
    Told("Vexlorine note of a contact", P.SEE_ALL_LEARNERS, once_shut=True),
    Told("Vexlorine note of a try", P.FOLLOW_UP, once_shut=True),
    Told("Vexlorine plan", P.FOLLOW_UP, once_shut=True),
    Told("Vexlorine reason", P.SEE_SENSITIVE, once_shut=True),
    Told("Vexlorine minute", P.FOLLOW_UP, once_shut=True),
    Told("Vexlorine paper", P.FOLLOW_UP, once_shut=True),
    Told("Vexlorine before", P.EDIT_LEARNERS, once_shut=True),
    Told("Vexlorine held", P.EDIT_LEARNERS, once_shut=True),
    Told("Vexlorine value", P.CLOSE_MONTHS, once_shut=True),
    Told("Vexlorine returned", None),
    Told("Vexlorine cell of a leaver", P.SEE_SENSITIVE),
    Told("Vexlorine cell of an order", None),
    Told("Elsewhere Vexlorius", P.SEE_ALL_LEARNERS),
    Told("Foreign Vexlorius", None),
    Told("150, 170", None),
    Told("Vexlorine carer rule", P.SEE_SENSITIVE),
)
# Where a word of a code list stands because of the list, and not because of anybody: the lists themselves, and the forms in
# which somebody chooses from them what holds of somebody, what they do, or which group an indicator is of.
_GROUPS = {"learners:add_trait", "indicators:add", "indicators:edit"}
_COLUMNS = {"exchange:mapping", "exchange:sent_columns"}  # which offer no restricted characteristic
_CHOOSING = _COLUMNS | {"learners:add_activity", "learners:correct_activity", "followup:log_contact", "exchange:deliveries",
                        "exchange:sent"}
OF_THE_LIST = {
    "Vexlorine habit": _GROUPS | _COLUMNS, "Vexlorine order": _GROUPS,
    "Vexlorine complaint": _CHOOSING, "Vexlorine waiting": _CHOOSING, "Vexlorine young wing": _CHOOSING,
    "Vexlorine adult wing": _CHOOSING,
}


def relabelled(definitions: Path, to: Path) -> Path:
    """A copy of the definitions in which sensitive codes are called what nothing else is."""
    shutil.copytree(definitions, to)
    for name, labels in _LABELS.items():
        path = to / "codesets" / "learners" / f"{name}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(row | {"label": labels.get(row["code"], row["label"])} for row in rows)
    rules = to / "rules" / "returns" / "2019-20.toml"
    words = rules.read_text(encoding="utf-8")
    said = next(line for line in words.splitlines() if "record characteristic 140 (carer)" in line)
    rules.write_text(words.replace(said, 'message = "Vexlorine carer rule."'), encoding="utf-8")
    return to


def plant() -> None:
    """Put it among the records of the stage, which must be set."""
    _about_one()
    _others()
    _followed()
    _brought_in()
    _listed()
    _returned()


def shut() -> None:
    """Restrict the record of learner ONE."""
    learners.Learner.objects.filter(pk=ONE).update(restricted=True)


def pages_of(pk: str) -> Iterator[str]:
    """The addresses about one learner, as they are today and on an earlier day."""
    ago = (TODAY() - timedelta(days=45)).isoformat()
    yield from (f"/learners/{pk}/", f"/learners/{pk}/?on={ago}", f"/learners/{pk}/?known={TODAY() - timedelta(days=1)}")
    yield from (f"/learners/{pk}/activities.{kind}" for kind in ("csv", "xlsx"))


def _source(name: str) -> learners.Source:
    return learners.Source.objects.create(area=AREA, name=name)


def _about_one() -> None:
    of = {"learner_id": ONE, "starts": _JOINED}
    now = timezone.now()
    learners.Name.objects.filter(learner=ONE, kind="legal").cease(now)
    learners.Name.objects.create(given="Vexlorina", family="Example", known_from=now, **of)
    learners.Trait.objects.create(trait="150", source=_source("Vexloria habit teller"), **of)
    learners.Trait.objects.create(trait="170", source=_source("Vexloria order teller"), **of)
    learners.Address.objects.filter(learner=ONE).cease(now)
    learners.Address.objects.create(line_1="1 Vexloria row", district="E07999901", known_from=now, **of)
    learners.Contact.objects.create(who="parent", name="Vexlorine parent", phone="01632 960009",
                                    note="Vexlorine note of a contact", **of)
    wing = {"establishment": "3589998", "establishment_name": "Vexloria young house", "source": _source("Vexloria wing teller")}
    learners.Activity.objects.create(learner_id=ONE, code="290", start=TODAY() - timedelta(days=60), **wing)
    learners.Activity.objects.create(learner_id=ONE, code="619", start=TODAY() - timedelta(days=20),
                                     verified=TODAY() - timedelta(days=150),  # so that they stand on a list
                                     establishment=LAST_PLACE, establishment_name="Vexloria centre", leaving_reason="3")


def _others() -> None:
    _learner(CUSTODY, "Cass")
    learners.Activity.objects.create(learner_id=CUSTODY, code="710", start=TODAY() - timedelta(days=20),
                                     establishment_name="Vexloria prison", review=TODAY() + timedelta(days=20))
    learners.Activity.objects.create(learner_id=NEXT, code="650", start=TODAY() - timedelta(days=150),
                                     establishment_name="Vexloria clinic")
    _learner(REFUGE, "Robin", protected_address=True)
    learners.Address.objects.create(learner_id=REFUGE, line_1="9 Vexloria refuge", district=HIDDEN_DISTRICT, starts=_JOINED)
    learners.Activity.objects.create(learner_id=REFUGE, code="619", start=TODAY() - timedelta(days=150))
    _learner(ELSEWHERE, "Elsewhere", family="Vexlorius", school="3584002")
    learners.Activity.objects.create(learner_id=ELSEWHERE, code="619", start=TODAY() - timedelta(days=150))
    _learner(FOREIGN, "Foreign", family="Vexlorius", area=ANOTHER)
    learners.Activity.objects.create(learner_id=FOREIGN, code="619", start=TODAY() - timedelta(days=150))


def _learner(pk: str, given: str, family: str = "Example", area: str = AREA, school: str = SCHOOL, **more: bool) -> None:
    learner = learners.Learner.objects.create(pk=pk, area=area, number=pk, born=_BORN, school_at_16=school, **more)
    learners.Particulars.objects.create(learner=learner, born=_BORN, school_at_16=school)
    learners.Name.objects.create(learner=learner, given=given, family=family, starts=_JOINED)
    learners.Membership.objects.create(learner=learner, area=area, starts=_JOINED)


def _followed() -> None:
    of = {"learner_id": ONE}
    followup.LoggedContact.objects.create(on=TODAY() - timedelta(days=300), channel="telephone", outcome="no_answer",
                                          note="Vexlorine note of a try", **of)
    followup.SupportCase.objects.filter(pk=ONE).update(plan="Vexlorine plan")
    followup.RiskDecision.objects.create(points=2, band="Additional support", decision="watch", reason="Vexlorine reason", **of)
    listed = followup.ListedLearner.objects.get(pk=ONE)
    listed.told |= {"name": "Vexlorina", "activity": "Vexlorine paper"}
    listed.save(update_fields=["told"])
    followup.MeetingDecision.objects.create(listed=listed, text="Vexlorine minute", who="The youth service")


def _brought_in() -> None:
    problem = {"field": "uln", "value": "9276308686", "rule": "another number is held", "remedy": "we hold Vexlorine held",
               "who": "", "when": "compared"}
    exchange.Row.objects.filter(pk=OVER).update(
        changes=[{"what": "name", "how": "replaced", "before": "Vexlorine before", "after": "Somebody Else"}], problems=[problem])
    nobody = exchange.Row.objects.get(pk=ONE)  # found to be nobody yet, of whom its list says what is not for everybody
    nobody.values |= {"traits": ["170"]}
    nobody.problems += [problem | {"field": field, "value": f"Vexlorine cell of {what}", "rule": "yes or no", "column": 3,
                                   "remedy": "write Yes or No", "when": "read"}
                        for field, what in (("160", "a leaver"), ("170", "an order"))]
    nobody.save()
    exchange.Row.objects.create(
        delivery_id=ONE, line=9, outcome="changed", learner_id=REFUGE, values={"address": {"line_1": "9 Vexloria refuge"}},
        changes=[{"what": "address", "how": "new", "before": "", "after": "9 Vexloria refuge"}],
        problems=[{"field": "address", "value": "9 Vexloria refuge", "rule": "older", "remedy": "look at 9 Vexloria refuge",
                   "who": "", "when": "compared"}])


def _listed() -> None:
    """A list on which learner ONE is a carer: whoever reads it finds what the rules say of that, beside what is held of them."""
    delivery = exchange.Delivery.objects.get(pk=ONE)
    now = TODAY() - timedelta(days=1)
    said = Said(given="Vexlorina", family="Example", born=learners.Learner.objects.get(pk=ONE).born,
                doing=Doing("620", now, now, now))
    row = Compared(10, 10, said)
    for comparison in compared(delivery, [row], Findings([row], everybody(AREA), delivery.as_at)):
        keep(delivery, comparison)
    weigh(delivery)
    delivery.save()


def _returned() -> None:
    number = learners.Learner.objects.get(pk=ONE).return_number
    wrong = {"rule": 2, "priority": 1, "who": "data_officer", "number": number, "field": "GivenName", "value": "Vexlorine value",
             "message": "give the name"}
    moved = {"number": number, "change": 1, "reason": "joined"}
    said = f"<NCCIS><YoungPersonsID>{AREA}{number}</YoungPersonsID>Vexlorine returned</NCCIS>"
    # A closed month is written once: only a query set of Django's own changes it.
    QuerySet(MonthClose).filter(pk=ONE).update(errors=[wrong], moved=[moved], content=gzip.compress(said.encode()))
