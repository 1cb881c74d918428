"""An activity is read in a cell only where all that stands beside its words is harmless."""

import tomllib
from dataclasses import replace

import pytest
from django.conf import settings

from throughline.analytics.learnerlists.beside import read_words
from throughline.analytics.learnerlists.cells import as_activity, of_school_age, why_no_activity
from throughline.analytics.learnerlists.taught import as_taught, spelt
from throughline.analytics.learnerlists.vocabulary import load_vocabulary, plain
from throughline.analytics.participation.codesets import load_codeset

WORDS = load_vocabulary(settings.DEFINITIONS)
CODES = frozenset(load_codeset(settings.DEFINITIONS, "activity").by_code)

LEEDS = frozenset({"leeds city college", "city"})
READ = [
    ("Apprenticeship (bricklaying) with Smith & Sons", "310"), ("Apprenticeship L3 Dental Nursing with O'Brien's Dental", "310"),
    ("working at tesco", "330"), ("Working at Burger King", "330"), ("JOB AT TESCO", "330"),
    ("Job at Royal Bank of Scotland", "330"), ("working at the hospital", "330"),
    ("Working for Tesco", "330"), ("Job in Asda", "330"), ("Work as a waiter", "330"), ("Apprentice at Fred Reed", "310"),
    ("At Leeds City College", "230"), ("At Stoke 6th Form College since Sept 2026", "220"), ("Year 12 sixth form", "210"),
    ("Employed by Tesco (zero hours)", "330"), ("He is working full time", "330"),
    ("University of Leeds", "240"),
    ("NEET (long term sick)", "640"),
    ("nothing at the moment", "619"), ("college - level 2 hairdressing", "230"), ("Degree apprenticeship in Engineering", "310"),
    # What is named behind “at” is where the first is.
    ("Apprenticeship at Marl Sixth Form College", "310"), ("apprenticeship at college", "310"),
    ("Training course at school", "410"), ("job at college", "330"),
    # A code that says no more than of which kind it is gives way to another of the kind.
    ("Working as an apprentice", "310"), ("NEET and looking for work", "619"), ("NEET (ill)", "640"),
    ("unemployed, pregnant", "650"),
    ("NEET – job hunting", "619"), ("Level 2 Bricklaying @ college", "230"), ("App'ship - hair", "310"), ("uni", "240"),
    ("Home educated", "270"), ("College since January", "230"), ("Started apprenticeship Sept 2026", "310"),
]
NOT_READ = [
    ("ended apprenticeship in June", "beside “apprenticeship” it says “ended” and “June”"),
    ("wants apprenticeship", "beside “apprenticeship” it says “wants”"),
    ("apprenticeship fell through", "beside “apprenticeship” it says “fell through”"),
    ("waiting to hear about college", "beside “college” it says “waiting to hear about”"),
    ("not in training", "beside “training” it says “not”"),
    # None of these words is in any list.
    ("dreams of college", "beside “college” it says “dreams of”"), ("bunked off school", "beside “school” it says “bunked off”"),
    ("job centre", "beside “job” it says “centre”"), ("college dropout", "beside “college” it says “dropout”"),
    ("College - reserve list, Ofsted", "beside “College” it says “reserve list, Ofsted”"),
    ("apprenticeship in limbo", "beside “apprenticeship” it says “limbo”"), ("college 310", "beside “college” it says “310”"),
    ("Leeds City College", "beside “College” it says “Leeds City”"), ("Hates School", "beside “School” it says “Hates”"),
    ("College?", "beside “College” it says “?”"), ("maybe college?", "beside “college” it says “maybe” and “?”"),
    # A name goes on only where it is written as names are, and a word that denies is of none.
    ("job at burger joint", "beside “job” it says “joint”"),
    ("Apprenticeship with BMW collapsed", "beside “Apprenticeship” it says “collapsed”"),
    ("Apprenticeship with BMW Collapsed", "beside “Apprenticeship” it says “Collapsed”"),
    ("Apprenticeship at BMW Fell Through", "beside “Apprenticeship” it says “Fell Through”"),
    ("Apprenticeship In Limbo", "beside “Apprenticeship” it says “Limbo”"), ("JOB IN LIMBO", "beside “JOB” it says “LIMBO”"),
    ("Apprenticeship at Tesco, Awol", "beside “Apprenticeship” it says “Awol”"),
    ("college at present Wobbly", "beside “college” it says “Wobbly”"), ("job at dithering", "beside “job” it says “dithering”"),
    ("AT LEEDS CITY COLLEGE", "beside “COLLEGE” it says “CITY”"), ("job with no hours", "beside “job” it says “with no hours”"),
    ("university of life", "beside “university” it says “of life”"),
    ("working for tesco", "beside “working” it says “for tesco”"),
    ("college for September", "beside “college” it says “for September”"),
    # Whom somebody works with is no employer, and “he” is no university.
    ("Working with PA", "beside “Working” it says “with PA”"),
    ("work with Connexions", "beside “work” it says “with Connexions”"),
    ("he attends college", "beside “college” it says “he”"),
    # What may be to come.
    ("College (confirmed) - Sept 2027", "beside “College” it says “Sept 2027”"),
    ("uni, enrolled autumn", "beside “uni” it says “autumn”"),
    ("Apprenticeship in January", "beside “Apprenticeship” it says “January”"),
    ("College September 2027", "beside “College” it says “September 2027”"),
    ("Apprenticeship at BMW WD", "beside “Apprenticeship” it says “WD”"),
    ("Apprenticeship with Kier Redundant", "beside “Apprenticeship” it says “Redundant”"),
    # Two codes are neither, of one kind or of two, and nobody who is NEET is so at a place.
    ("University deferred", "it says “University” and “deferred”"), ("school/college", "it says “college” and “school”"),
    ("NEET at college", "it says “NEET” and “at college”"), ("unemployed with job", "it says “unemployed” and “job”"),
    ("job with apprenticeship offer", "beside “apprenticeship” it says “with” and “offer”"),
    ("Working as Volunteer", "it says “Volunteer” and “Working”"),
    ("College or apprenticeship", "it says “apprenticeship” and “College”"),
    ("NEET, at Marl College", "it says “College” and “NEET”"), ("college & temp job", "it says “temp job” and “college”"),
    ("NEET, at college", "it says “at college” and “NEET”"), ("refused college", "it says “college” and “refused”"),
]


@pytest.mark.parametrize(("cell", "code"), READ)
def test_what_is_harmless_keeps_nothing_from_being_read(cell, code):
    assert (as_activity(cell, WORDS, CODES), why_no_activity(cell, WORDS)) == (code, "")


@pytest.mark.parametrize(("cell", "why"), NOT_READ)
def test_whatever_else_stands_there_does_and_is_told(cell, why):
    assert (as_activity(cell, WORDS, CODES), of_school_age(cell, WORDS, CODES)) == (None, "")
    assert why_no_activity(cell, WORDS) == why


def test_what_was_taught_of_a_doubt_is_not_taken_without_it():
    words = {spelt("College?"): "810"}
    assert [as_taught(cell, words, WORDS, CODES) for cell in ("college ?", "College")] == ["810", "230"]


@pytest.mark.parametrize("cell", ["banana", "", "230 - left", "999", "???"])
def test_of_a_cell_without_words_for_an_activity_nothing_is_told(cell):
    assert why_no_activity(cell, WORDS) == ""


def test_every_phrase_for_an_activity_is_read_alone_and_beside_every_filler():
    fillers = [word for word in WORDS.beside.harmless if word not in dict(WORDS.by_phrase)]
    assert [phrase for phrase, code in WORDS.by_phrase if read_words(phrase, WORDS).code != code] == []
    assert [word for word in fillers if as_activity(f"({word}) apprenticeship", WORDS, CODES) != "310"] == []


def test_nothing_is_both_harmless_and_a_word_that_denies():
    stated = tomllib.loads((settings.DEFINITIONS / "mappings" / "learner_lists.toml").read_text(encoding="utf-8"))
    harmless = {word for phrase in WORDS.beside.harmless for word in phrase.split()}
    assert harmless.isdisjoint(WORDS.not_now)
    for words in stated["beside_activity"].values():
        assert [word for word in words if plain(word) != word] == []
        assert len(words) == len(set(words))


def test_what_the_invented_authority_writes_is_read_as_what_it_means():
    stated = tomllib.loads((settings.DEFINITIONS / "synthetic" / "headings.toml").read_text(encoding="utf-8"))
    said = [(cell, code) for code, cells in stated["answers"].items() for cell in cells]
    assert [(cell, code) for cell, code in said if as_activity(cell, WORDS, CODES) != code] == []


TRINITY = "Trinity Catholic College"


@pytest.mark.parametrize("cell", [TRINITY, f"attends {TRINITY}", f"Year 12 - {TRINITY}"])
def test_a_place_that_is_no_college_does_not_say_by_its_name_what_is_done_there(cell):
    words = replace(WORDS, places=LEEDS | {TRINITY.lower()}, colleges=LEEDS)
    assert as_activity(cell, words, CODES) is None
    assert why_no_activity(cell, words) == f"“{TRINITY}” is the name of a place, which does not say what they do there"
    assert as_activity(f"Apprenticeship, {TRINITY}", words, CODES) == "310"


@pytest.mark.parametrize(("cell", "code"), [
    ("Leeds City College", "230"), ("LEEDS CITY COLLEGE", "230"), ("Leeds City College - wants", None), ("Leeds College", None),
    ("City College", None),
    ("Apprenticeship (Leeds City College)", "310"), ("Hope School", None)])
def test_the_name_of_a_place_that_is_known_is_harmless(cell, code):
    assert as_activity(cell, replace(WORDS, places=LEEDS, colleges=LEEDS), CODES) == code
