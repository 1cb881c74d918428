"""Whose record differs between two versions of a month's return, and what of it."""

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from throughline.analytics.participation.identifiers import own_digits
from throughline.apps.accounts.models import User
from throughline.apps.learners.models import Identifier, Learner
from throughline.apps.learners.queries import listed
from throughline.apps.learners.sight import RESTRICTED, shut_to
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import IDENTIFIER, content_of

_RECORD = re.compile(rb"<YoungPersonsRecord>.*?</YoungPersonsRecord>", re.DOTALL)
_CODE = "ActivityCode"
_PARTS = {
    "status in the cohort": ("CohortStatus",), "name": ("GivenName", "MiddleName", "FamilyName"), "date of birth": ("DOB",),
    "gender": ("Gender",), "ethnic group": ("Ethnicity",),
    "address": ("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "Town", "County", "Postcode"),
    "numbers": ("YoungPersonsID", "UniqueLearnerNo", "UniquePupilNumber", "PreviousYPIDIdentifier"),
    "authorities": ("LeadLEA", "EducatedLEA", "TransferredToLACode", "LEACodeAtYear11"),
    "September Guarantee": ("GuaranteeStatusIndicator", "GuaranteeStatus", "LEACode"),
    "level of need and support": ("LevelOfNeedCode", "SENDFlag", "SENSupportFlag"),
    "characteristics": ("CharacteristicCode",), "activity": (_CODE,),
    "where the activity is": ("EstablishmentNumber", "EstablishmentName", "UKProviderReferenceNumber"),
    "days of the activity": ("StartDate", "DateAscertained", "DateVerified", "ReviewDate", "DueToLapseDate", "CurrencyLapsed",
                             "NEETStartDate", "PredictedEndDate"),
    "intended destination": ("IntendedDestinationYr11",),
}


@dataclass(frozen=True)
class Differing:
    """One young person whose record differs: their number in the register, their key there (none where they are in it no more),
    their name and what differs. Where the record is shut to the reader, shown is not the number, and neither name nor what is
    told.
    """

    number: int
    learner: int | None
    shown: str
    name: str
    what: str

    @property
    def leads(self) -> bool:
        """Whether the reader is led to their record: not to one that is shut, whose number would be told by it."""
        return self.learner is not None and self.shown != RESTRICTED


def differing(before: MonthClose, after: MonthClose, user: User) -> list[Differing]:
    """Everybody whose record differs between two versions of a month, by number, those shut to the user last."""
    odd = _between(before.pk, after.pk, before.digest, after.digest)
    learners, shut = _learners(before.area, odd.keys()), shut_to(user, before.area)
    found: dict[int, list[bytes]] = defaultdict(lambda: [b"", b""])
    for key, pair in odd.items():
        held = found[learners[key].number if key in learners else _number(key)]
        held[:] = [new or old for new, old in zip(pair, held, strict=True)]
    by_number = {learner.number: learner for learner in learners.values()}
    told = [_told(number, by_number.get(number), _what(*pair, before.version), shut) for number, pair in found.items()]
    return sorted(told, key=lambda each: (each.shown == RESTRICTED, each.number))


@lru_cache(maxsize=1)
def _between(before: int, after: int, *_digests: str) -> Mapping[str, tuple[bytes, bytes]]:
    """The records that differ between two versions, by their keys, as they stand in each; by the identifier in them.

    The page of who differs asks again for each of its pages, and one answer is kept: it holds the records themselves. Versions
    never change; by their digests the keys of another database name no others.
    """
    was, now = (_records(content_of(MonthClose.objects.only("content").get(pk=key))) for key in (before, after))
    return {key: (was.get(key, b""), now.get(key, b"")) for key in sorted(was.keys() | now.keys())
            if was.get(key) != now.get(key)}


def _records(content: bytes) -> dict[str, bytes]:
    """A return's records by the identifier in each, as they stand in it."""
    return {match[1].decode(): record for record in _RECORD.findall(content) if (match := IDENTIFIER.search(record))}


def _number(identifier: str) -> int:
    return int(own_digits(identifier))


def _learners(area: str, identifiers: Collection[str]) -> dict[str, Learner]:
    """The learners of the register by the identifiers that returns give them: one that was brought, or their number."""
    held = Identifier.objects.filter(learner__area=area, scheme=Identifier.Scheme.YOUNG_PERSONS_ID)
    brought = {value: learner for value, learner in held.values_list("value", "learner_id") if value in identifiers}
    numbers = {_number(each): each for each in identifiers if each not in brought}
    keys = {key for key, number in Learner.objects.filter(area=area).values_list("pk", "number") if number in numbers}
    register = listed(Learner.objects.filter(area=area)).in_bulk(keys | set(brought.values()))
    by_number = {learner.number: learner for learner in register.values()}
    return {each: by_number[number] for number, each in numbers.items() if number in by_number} | {
        value: register[learner] for value, learner in brought.items()}


def _told(number: int, learner: Learner | None, what: str, shut: Collection[int]) -> Differing:
    if learner is None:
        return Differing(number, None, str(number), "", what)
    if learner.pk in shut:
        return Differing(number, learner.pk, RESTRICTED, "", "Not told: the record is restricted")
    called = learner.called
    return Differing(number, learner.pk, str(number), f"{called.given} {called.family}" if called else "", what)


def _what(was: bytes, now: bytes, version: int) -> str:
    """What differs, in a few words; of the activity the codes too."""
    if not was or not now:
        return f"Only in version {version}" if was else f"Not in version {version}"
    before, after = _leaves(was), _leaves(now)
    parts = [_part(name, before, after) for name, elements in _PARTS.items()
             if any(before.get(element) != after.get(element) for element in elements)]
    said = ", ".join(parts) or "how it is written"
    return said[:1].upper() + said[1:]


def _part(name: str, before: dict[str, list[str]], after: dict[str, list[str]]) -> str:
    codes = [held.get(_CODE, [""])[0] or "none" for held in (before, after)]
    return f"{name} ({codes[0]} → {codes[1]})" if _PARTS[name] == (_CODE,) else name


def _leaves(record: bytes) -> dict[str, list[str]]:
    """The values of a record by their element, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for leaf in ET.fromstring(record).iter():
        if not len(leaf):
            found[leaf.tag].append(leaf.text or "")
    return found
