"""All that a row says of somebody, line by line and in words, for whoever has to find out who that is."""

from collections.abc import Iterator

from throughline.analytics.intake.said import Doing, Leaving, Said
from throughline.analytics.participation.tables import EHC_PLAN, SEN_SUPPORT
from throughline.apps.exchange.candidates import name_in_words
from throughline.apps.exchange.comparing import why_not_new
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.queries import unread_of
from throughline.apps.exchange.readers import Reader, told_trait
from throughline.apps.exchange.words import TITLES, title
from throughline.apps.learners.codes import codeset, trait_label
from throughline.apps.learners.doing import intended_label, told_code, told_reason
from throughline.apps.learners.places import place_name, school_name
from throughline.ui.formats import NONE
from throughline.ui.formats import day as in_words

Lines = list[tuple[str, str]]
_PROTECTED = "Protected"
_SUPPORT = (EHC_PLAN, SEN_SUPPORT)


def said_lines(row: Row, said: Said, reader: Reader) -> Lines:
    """What a row says, as (what, words); a name and a date of birth stand there though it gives none, all else where it does.
    Cells of which nothing was made stand as they are written, and say so.
    """
    day, unread = row.delivery.as_at, list(_unread(row, reader))
    lines = [("Name", name_in_words(said) or NONE), *(line for line in unread if line[0] == TITLES["born"])]
    if len(lines) == 1:
        lines.append((TITLES["born"], in_words(said.born) if said.born else NONE))
    lines += [(title(scheme), number) for scheme, number in said.identifiers.items()]
    address = ", ".join(said.address.values())
    lines += [("Address", _PROTECTED if address and reader.hides_home(row) else address), ("Telephone", said.phone),
              ("Email", said.email)]
    if said.leaving:
        lines += _left(said.leaving, row, reader)
    if said.doing:
        lines += _doing(said.doing, row, reader)
    lines += [("School at 16", school_name(said.school_at_16) if said.school_at_16 else ""),
              *((name, codeset(kind).label(code, day)) for name, kind, code in _coded(said)),
              ("Support", ", ".join(trait_label(trait) for trait in _SUPPORT if trait in said.traits)),
              ("Characteristics", ", ".join(dict.fromkeys(told_trait(trait, day, reader.sensitive)
                                                          for trait in sorted(said.traits.difference(_SUPPORT))
                                                          if reader.tells_trait(row, trait))))]
    lines += [line for line in unread if line[0] != TITLES["born"]]
    return [(what, words) for what, words in lines if words]


def _unread(row: Row, reader: Reader) -> Iterator[tuple[str, str]]:
    """Cells of which nothing was made, as they are written, each under what its column was taken for."""
    for cell in unread_of(row.delivery, row, reader):
        yield title(cell.field), f"“{cell.value}” ({'not used' if cell.understood else 'not understood'})"


def why_nobody_new(said: Said) -> str:
    """Why nobody can be added to the register from a row, in a sentence; empty where somebody can be."""
    lacks = why_not_new(said)
    if lacks is None:
        return ""
    if lacks.value:
        return f"Somebody born on {in_words(said.born)} is not of 14 to 25, so nobody new can be added from it"
    missing = [TITLES[name].lower() for name in ("given", "family", "born") if not getattr(said, name)]
    return f"The row has no {' and no '.join(missing)}, so nobody new can be added from it"


def _doing(doing: Doing, row: Row, reader: Reader) -> Iterator[tuple[str, str]]:
    """What a row says that somebody is doing; of what is guarded its group alone."""
    code, label = told_code(doing.code, row.delivery.as_at, reader.sensitive)
    yield "What they are doing", f"{label} ({code})" if code else label
    if code:
        yield "From", in_words(doing.start) if doing.start else ""
        yield "Expected to end", in_words(doing.predicted_end) if doing.predicted_end else ""
        yield "Where", place_name(doing.establishment_name, doing.establishment or doing.ukprn)
        yield from _on_leaving(doing.leaving_reason, doing.intended_next, row, reader)


def _left(leaving: Leaving, row: Row, reader: Reader) -> Iterator[tuple[str, str]]:
    """What a row says that somebody left: when and where, and what they did there where it says that."""
    if leaving.was:
        code, label = told_code(leaving.was.code, row.delivery.as_at, reader.sensitive)
        yield "What they left", f"{label} ({code})" if code else label
        yield "Begun on", in_words(leaving.was.start) if code and leaving.was.start else ""
    yield "Left on", in_words(leaving.on) if leaving.on else ""
    yield "Left from", place_name(leaving.establishment_name, leaving.establishment or leaving.ukprn)
    yield from _on_leaving(leaving.reason, leaving.intended, row, reader)


def _on_leaving(reason: str, intended: str, row: Row, reader: Reader) -> Iterator[tuple[str, str]]:
    yield "Why they left", told_reason(reason, row.delivery.as_at, reader.sensitive)
    yield "Meant to do next", intended_label(intended, row.delivery.as_at)


def _coded(said: Said) -> list[tuple[str, str, str]]:
    """What a row says by a code: what it is called, its list, and the code."""
    held = (("Gender", "gender", said.gender), ("Intended destination", "intended_destination", said.intended_destination),
            ("Level of need", "level_of_need", said.level_of_need))
    return [one for one in held if one[2]]
