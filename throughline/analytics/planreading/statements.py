"""Figures that a plan's sentences promise to move: what is counted, for whom, from what, to what, by when."""

import re
from dataclasses import replace
from functools import lru_cache

from throughline.analytics.planreading.dates import read_when
from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import Measure
from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import plain, sentences, words

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?\s*%?")
_AT = re.compile(r"At\s+(?P<label>[A-Z0-9][\w& ]*?)\s*,?\s+(?:we|our)\b")
_YEARS_IN_BRACKETS = re.compile(r"\s*\(((?:19|20)\d{2}\s*[/-]\s*\d{2,4}|(?:19|20)\d{2})\)\s*$")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_BY_DATE = re.compile(r"\b(?:by|before)\b", re.IGNORECASE)
_SECOND_PROMISE = re.compile(r"(?<!maintain)\s+and\s+(?=(?:improve|raise|reduce|increase|ensure)\b)")
_LONG_ENOUGH = 8  # words of a first promise that has a second joined to it by "and"
_LABEL = re.compile(r"^\(?(?:[IVX]{1,5}|[ivx]{1,5}|[a-z])[.)]\s+")
_CASUALLY = re.compile(r"\d{1,2}\s*[-–]\s*\d{1,2}(?:\s+year)?|\b(?:level|year|key stage|ks|gcse|phase)\s*\d+", re.IGNORECASE)


def stated_measures(text: str, source: Source, templates: Templates, before: Measure | None = None) -> list[Measure]:
    """The measures of a criterion that prints a current figure, a target, or that one is to be determined.

    before is the measure above, whose wording a line that names only a cohort ("Whole cohort: current figure = …") shares.
    """
    found: list[Measure] = []
    for statement in _statements(plain(text), templates):
        measure = _stated(statement, source, templates, found[-1] if found else before)
        if measure is not None:
            found.append(measure)
    return found


def promised_measures(text: str, source: Source, templates: Templates) -> list[Measure]:
    """The measures of sentences that promise in words: "we will … within the top 50% of authorities by September 2018".

    A sentence before them that says how things stand is their baseline.
    """
    label = _AT.match(plain(text))
    found: list[Measure] = []
    standing = ""
    for sentence in sentences(text):
        if not templates.pattern("measures", "statement", "intends").search(sentence):
            standing = sentence
            continue
        for promise in _parted(sentence):
            begins = templates.pattern("measures", "statement", "promise").search(promise)
            if begins:
                measure = Measure(promise, source, cohort=label["label"] if label else "", baseline=standing,
                                  target=_target(promise, begins.start()))
                found.append(completed(measure, templates))
    return found


def criterion_measures(text: str, source: Source, templates: Templates) -> list[Measure]:
    """The measures of a success criterion or milestone that holds a target figure: "at least 10 schools", "All schools …"."""
    line = _LABEL.sub("", plain(text))
    stated = stated_measures(line, source, templates)
    if stated:
        return stated
    if not (_holds_target_figure(line, templates) or _is_of_all(line, templates)):
        return []
    return [completed(Measure(line, source, target=target_words(line, templates)), templates)]


def target_words(text: str, templates: Templates) -> str:
    """The words of a statement that promise: from its first promising phrase on, or all of it."""
    begins = templates.pattern("measures", "statement", "promise").search(text)
    return _target(text, begins.start()) if begins else plain(text).rstrip(".")


def completed(measure: Measure, templates: Templates) -> Measure:
    """A measure with what its own words say of due date, unit and direction where its fields do not."""
    said = f"{measure.target} {measure.text}"
    return replace(
        measure,
        due=measure.due or _due(measure.target, templates) or _due(measure.text, templates),
        unit=measure.unit or ("%" if "%" in f"{measure.target} {measure.baseline}" else ""),
        direction=measure.direction or direction_of(measure.baseline, measure.target, said, templates),
    )


def direction_of(baseline: str, target: str, said: str, templates: Templates) -> str:
    """Which way a figure is to go: by its baseline and target where both are figures, else by the first word that says."""
    first, last = _figure(baseline), _figure(target)
    if first is not None and last is not None:
        return "up" if last > first else "down" if last < first else "keep"
    found = [(match.start(), way) for way in ("up", "down", "keep")
             if (match := templates.pattern("measures", "direction", way).search(said))]
    return min(found)[1] if found else ""


def _figure(printed: str) -> float | None:
    """The figure that a baseline or a target is, alone or after an equals sign."""
    alone = _FIGURE.fullmatch(printed.rpartition("=")[2].strip())
    return float(alone.group().replace(",", "").rstrip("% ")) if alone else None


def _statements(text: str, templates: Templates) -> list[str]:
    """A line taken apart so that each part has one target; what stands before the first target's label stays with it."""
    parts: list[str] = []
    for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", text):
        if parts and not _complete(parts[-1], templates):
            parts[-1] = f"{parts[-1]} {sentence}"
        else:
            parts.append(sentence)
    return parts


def _complete(statement: str, templates: Templates) -> bool:
    return bool(_target_label(templates).search(statement)) or not _baseline_label(templates).search(statement)


@lru_cache(maxsize=4)
def _target_label(templates: Templates) -> re.Pattern[str]:
    return re.compile(rf"(?<!challenging ){any_of(templates.words('measures', 'statement', 'target'))}\s*(?:[:=]\s*|(?=in line))",
                      re.IGNORECASE)


@lru_cache(maxsize=4)
def _baseline_label(templates: Templates) -> re.Pattern[str]:
    words_before = any_of(templates.words("measures", "statement", "baseline"))
    return re.compile(rf"{words_before}(?P<metric>[^=:.]{{0,40}})\s*[=:]\s*(?P<value>[^.;]*(?:\.\d[^.;]*)*)", re.IGNORECASE)


def _stated(statement: str, source: Source, templates: Templates, before: Measure | None) -> Measure | None:
    label = _target_label(templates).search(statement)
    base = _baseline_label(templates).search(statement)
    undecided = next((each for each in _BRACKETED.findall(statement)
                      if templates.pattern("measures", "statement", "undecided").search(each)), "")
    if not (label or base or undecided):
        return None
    said = statement[:min([found.start() for found in (label, base) if found] or [statement.find(f"({undecided}")])]
    text, cohort = _said(said, base["metric"] if base else "", templates, before)
    target = statement[label.end():] if label else ""
    years = _YEARS_IN_BRACKETS.search(target.rstrip(". "))
    target = _YEARS_IN_BRACKETS.sub("", target.rstrip(". ")).replace(f"({undecided})", "").strip(" .")
    measure = Measure(
        text, source, cohort=cohort, baseline=base["value"].strip() if base else undecided,
        target=re.sub(r"\s*=\s*", " = ", target) if label else text if not base else "",
        due=years.group(1) if years else "", status="to be determined" if undecided else "",
    )
    return completed(measure, templates)


def _said(said: str, metric: str, templates: Templates, before: Measure | None) -> tuple[str, str]:
    """What is counted and for whom, of the words before the figures: "Increased numbers: Year 12", "Young mothers:"."""
    first, colon, last = (part.strip(" ,.") for part in said.strip().partition(":"))
    moves = templates.pattern("measures", "direction", "up", "down", "keep")
    if colon and not moves.search(first):
        return (metric.strip() or (before.text if before else first)), first
    if not first:
        return (metric.strip() or (before.text if before else "")), ""
    return first, last


def _parted(sentence: str) -> list[str]:
    """A sentence with two promises in it, parted; "maintain and improve" is one."""
    for found in _SECOND_PROMISE.finditer(sentence):
        if len(sentence[:found.start()].split()) >= _LONG_ENOUGH:
            return [sentence[:found.start()], sentence[found.end():]]
    return [sentence]


def _target(text: str, begins: int) -> str:
    return plain(text[begins:]).rstrip(".")


def _due(text: str, templates: Templates) -> str:
    """The date a promise is to be kept by, as printed without its "by"."""
    by = [each["text"] for each in read_when(text, templates).dates if each["kind"] == "by"]
    return _BY_DATE.sub("", by[-1]).strip() if by else ""


def _holds_target_figure(line: str, templates: Templates) -> bool:
    bare = _CASUALLY.sub(" ", line)
    if re.match(r"\d{1,4}\s?[A-Za-z]{3}", bare):
        return True
    bound = templates.pattern("measures", "statement", "bound")
    return any(re.match(r"\s*(?:\w+\s+){0,2}?\d", bare[found.end():]) for found in bound.finditer(bare)) or bool(
        re.search(r"\d\s*%", bare))


def _is_of_all(line: str, templates: Templates) -> bool:
    """Whether a criterion is of all of them or none: "All schools judged good", "No inadequate schools"."""
    said = words(line)
    everyone = templates.pattern("measures", "statement", "everyone")
    return said[:1] != [] and said[0] in templates.words("measures", "statement", "whole") and bool(
        everyone.search(" ".join(said[:8])))
