"""Who is to do something, one by one: people, posts and organisations, with the names behind their codes."""

import re
from collections.abc import Mapping

from throughline.analytics.planreading.tree import Owner
from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import lines, plain

_CODE = re.compile(r"[A-Z][A-Z&]{1,6}")
_NAMED_CODE = re.compile(r"(?P<name>[^()\[\]]+?)\s*[(\[](?P<code>[A-Z][A-Za-z&]{1,6})[)\]]")
_PERSON_WORD = r"(?:[A-Z][a-z’']*(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)*)"
_PERSON = re.compile(rf"{_PERSON_WORD}(?:\s+{_PERSON_WORD}){{1,2}}")
_REPORTING = re.compile(r"\s*\((?![A-Z&]{2,7}\))[^)]*\)")
_SMALL = {"of", "and", "for", "the", "in", "at", "with"}
UNNAMED = "nobody is named yet"
_LONGEST_OWNER = 8  # words; what is longer says what somebody does


def read_owners(printed: str, templates: Templates, glossary: Mapping[str, str]) -> list[Owner]:
    """The owners in a cell, in order. glossary gives the name behind a code; a code it lacks keeps its code and no name."""
    parts = [part for line in lines(_unlisted(printed, templates)) for part in _parted(line, templates, glossary)]
    return [_owner(part, templates, glossary) for part in parts if any(letter.isalnum() for letter in part)]


def somebody(printed: str, templates: Templates, glossary: Mapping[str, str]) -> tuple[list[Owner], list[str]]:
    """The owners in a cell, and the words in it that say that nobody is named yet: "TBC", "vacant"."""
    nobody = templates.words("owners", "written", "none")
    if plain(printed).casefold() in nobody:
        return [], [plain(printed)]
    owners = read_owners(printed, templates, glossary)
    unnamed = [owner for owner in owners if owner.printed.casefold() in nobody]
    return [owner for owner in owners if owner not in unnamed], [owner.printed for owner in unnamed]


def names_owners(text: str, templates: Templates, glossary: Mapping[str, str]) -> float:
    """How far a cell names owners and says nothing else: from 0 to 1."""
    parts = [part for line in lines(_unlisted(text, templates)) for part in _parted(line, templates, glossary)]
    if not parts:
        return 0.0
    return sum(_looks_like_owner(part, templates, glossary) for part in parts) / len(parts)


def told_to_do(text: str, templates: Templates) -> list[str]:
    """Those a sentence tells to do something: "Connexions to coordinate …" names Connexions."""
    doing = any_of(templates.words("owners", "written", "to_do"))
    name = r"[A-Z][\w/&’'-]*(?:\s+(?:and|&|of)?\s*[A-Z][\w/&’'-]*){0,4}"
    pattern = re.compile(rf"^(?P<name>{name})\s+{doing}\s+[a-z]")
    found = [pattern.match(line) for line in lines(_unlisted(text, templates))]
    return [match["name"] for match in found if match]


def _unlisted(text: str, templates: Templates) -> str:
    marks = "".join(re.escape(mark) for mark in templates.words("bullets", "symbols", "anywhere"))
    return re.sub(rf"\s*[{marks}]\s*", "\n", text)


def _parted(line: str, templates: Templates, glossary: Mapping[str, str]) -> list[str]:
    marks = "".join(re.escape(mark) for mark in templates.words("owners", "written", "separators"))
    parts = [plain(part) for part in re.split(rf"\s*[{marks}]\s*(?![^(]*\))", line)]
    joining = re.compile(r"\s+(?:" + "|".join(map(re.escape, templates.words("owners", "written", "joining"))) + r")\s+")
    return [name for part in parts if part for half in _halves(part, joining, templates, glossary)
            for name in _spaced(half, glossary, templates)]


def _halves(part: str, joining: re.Pattern[str], templates: Templates, glossary: Mapping[str, str]) -> list[str]:
    """Two names with "and" between them; "Head of SEND and Inclusion" is one post."""
    halves = joining.split(part)
    posts = templates.pattern("owners", "kinds", "post", "organisation")
    if len(halves) > 1 and all(half in glossary or _CODE.fullmatch(half) or _is_person(half, posts) for half in halves):
        return halves
    return _bodies(part, joining, templates)


def _bodies(part: str, joining: re.Pattern[str], templates: Templates) -> list[str]:
    """Two bodies with "and" between them, each a name of several words that ends as one; the "and" inside a name stays."""
    places = [(found.start(), found.end()) for found in joining.finditer(part)]
    begins = 0
    bodies: list[str] = []
    for stops, goes_on in places:
        if _is_body(part[begins:stops], templates) and _is_body(part[goes_on:], templates):
            bodies.append(part[begins:stops])
            begins = goes_on
    return [*bodies, part[begins:]]


def _is_body(text: str, templates: Templates) -> bool:
    """Whether a text ends as the name of a body does, "NHS Derby and Derbyshire ICB", and is no post in one."""
    tokens = text.split()
    ends = len(tokens) > 1 and tokens[-1].casefold() in templates.words("owners", "written", "ends")
    return ends and tokens[0][:1].isupper() and not templates.pattern("owners", "kinds", "post").search(text)


def _is_person(text: str, others: re.Pattern[str]) -> bool:
    return bool(_PERSON.fullmatch(text)) and not others.search(text)


def _spaced(part: str, glossary: Mapping[str, str], templates: Templates) -> list[str]:
    """Codes and names set side by side with nothing between them: "HSI PTSA Challenge Partners", "Ann Lee Bo Day"."""
    tokens = part.split()
    if _is_body(part, templates) and not any(token in glossary for token in tokens[:-1]):
        return [part]
    if len(tokens) > 1 and any(token in glossary for token in tokens):
        found: list[str] = []
        for place, token in enumerate(tokens):
            alone = token in glossary or (place and tokens[place - 1] in glossary)
            if alone or not found:
                found.append(token)
            else:
                found[-1] = f"{found[-1]} {token}"
        return found
    bodies = templates.words("owners", "kinds", "bodies")
    if len(tokens) > 1 and all(_CODE.fullmatch(token) or token in bodies for token in tokens):
        return tokens
    others = templates.pattern("owners", "kinds", "post", "organisation", "bodies")
    if len(tokens) in (4, 6, 8) and all(re.fullmatch(_PERSON_WORD, token) for token in tokens) and not others.search(part):
        return [" ".join(tokens[place:place + 2]) for place in range(0, len(tokens), 2)]
    return [part]


def _owner(part: str, templates: Templates, glossary: Mapping[str, str]) -> Owner:
    named = _NAMED_CODE.fullmatch(part)
    if named:
        name = plain(named["name"])
        return Owner(part, name, named["code"], _kind(name, templates))
    bare = plain(_REPORTING.sub("", part))
    if part in glossary or bare in glossary:
        code = part if part in glossary else bare
        return Owner(part, glossary[code], code, _kind(glossary[code], templates))
    code = part if _CODE.fullmatch(part) and part not in templates.words("owners", "kinds", "bodies") else ""
    return Owner(part, "", code, "" if code else _kind(bare, templates))


def _kind(name: str, templates: Templates) -> str:
    if name in templates.words("owners", "kinds", "bodies"):
        return "organisation"
    if templates.pattern("owners", "kinds", "post").search(name):
        return "post"
    if templates.pattern("owners", "kinds", "organisation").search(name) or _is_body(name, templates):
        return "organisation"
    return "person" if _PERSON.fullmatch(name) else ""


def _looks_like_owner(part: str, templates: Templates, glossary: Mapping[str, str]) -> bool:
    if part in glossary or _CODE.fullmatch(part) or _NAMED_CODE.fullmatch(part):
        return True
    if part in templates.words("owners", "kinds", "bodies") or _PERSON.fullmatch(plain(_REPORTING.sub("", part))):
        return True
    if part.casefold() in templates.words("owners", "written", "none"):
        return True
    few = len(part.split()) <= _LONGEST_OWNER
    known = templates.pattern("owners", "kinds", "post", "organisation", "bodies")
    if not (few and part[:1].isupper() and known.search(part)) or told_to_do(part, templates) or part.endswith("."):
        return False
    others = [word for word in known.sub("", part).split() if word.islower() and word not in _SMALL]
    return len(others) <= 1
