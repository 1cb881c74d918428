"""An activity is read in a cell only where all that stands beside its words is harmless."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings

from throughline.analytics.learnerlists.beside import read_words
from throughline.analytics.learnerlists.cells import as_activity, of_school_age, why_no_activity
from throughline.analytics.learnerlists.taught import as_taught, spelt
from throughline.analytics.learnerlists.vocabulary import load_vocabulary, plain
from throughline.analytics.participation.codesets import load_codeset

WORDS = replace(load_vocabulary(settings.DEFINITIONS), day=date(2026, 10, 5))
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
    # Figures behind “year” and “level” are none of a day; what began by the day of the list has.
    ("Year 12/13 sixth form", "210"), ("Level 2/3 college", "230"), ("Yr 12 since September 2026, sixth form", "210"),
    ("Started sixth form, year 12 Sept 2026", "210"), ("3 A levels, sixth form", "210"),
    ("2nd year, college", "230"), ("joined college 2026", "230"),
    ("started apprenticeship autumn 2026", "310"), ("college since Oct 2026", "230"),
    ("college ✓", "230"), ("✔️ sixth form", "210"), ("Apprenticeship at Café Nero", "310"), ("“college” [FE] • full-time…", "230"),
    # A subject is learned there, and a trade is what an apprentice or whoever works does, wherever that is.
    ("College – bricklaying", "230"), ("hairdressing at college", "230"), ("Apprentice chef at college", "310"),
    ("Job as a teaching assistant", "330"), ("college at Barber Institute", "230"),
    ("PT employment", "360"), ("PT job", "360"), ("working, P/T", "360"), ("part-time employment", "360"),
    ("sixth form (part time)", "250"), ("sixth form PT", "250"), ("PT sixth form", "250"), ("part time sixth form", "250"),
    ("college PT", "250"), ("PT college", "250"), ("college part time", "250"), ("Apprenticeship, part time", "310"),
    # What may be of a name is of it: a place of learning, and a country behind another word.
    ("Apprenticeship at Marl Training", "310"), ("Job in Bank of Ireland", "330"), ("College in New Forest", "230"),
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
    # A sign that is neither punctuation nor a tick.
    *((cell, f"beside “{said}” it says “{sign}”") for cell, said, sign in (
        ("college ✗", "college", "✗"), ("✗ college", "college", "✗"), ("college ❌", "college", "❌"),
        ("college ✘", "college", "✘"), ("college ×", "college", "×"), ("sixth form ☒", "sixth form", "☒"),
        ("apprenticeship 🚫", "apprenticeship", "🚫"),
        ("college → NEXT", "college", "NEXT” and “→"), ("college не", "college", "не"))),
    # Who does what at a place of learning may work there.
    ("Chef at college", "beside “at college” it says “Chef”"), ("Barber at college", "beside “at college” it says “Barber”"),
    ("Cook in school kitchen", "beside “school” it says “Cook” and “kitchen”"),
    ("Teaching assistant in school", "beside “school” it says “Teaching assistant”"),
    ("nursery nurse at school", "beside “school” it says “nursery nurse”"),
    ("teaching assistant at primary school", "beside “school” it says “teaching assistant”"),
    # Two years, and days, whose own place is another column; and what began after the day of the list has not.
    *((f"{said} {when}", f"beside “{said}” it says “{when}”") for said, when in (
        ("college", "24/25"), ("college", "23-24"), ("college", "27/28"), ("sixth form", "23/24"), ("apprenticeship", "24/25"),
        ("sixth form", "10/11/25"), ("college", "10/11/25"), ("NEET", "24/25"), ("college", "25"), ("college", "0"))),
    ("0 college", "beside “college” it says “0”"), ("college, academic year 24/25", "beside “college” it says “24/25”"),
    ("Year 10/11/25 college", "beside “college” it says “25”"), ("year 10/11/12 college", "beside “college” it says “12”"),
    ("NEET since 10/11", "beside “NEET” it says “10/11”"), ("college 1/9", "beside “college” it says “1/9”"),
    ("College started Sept 2027", "beside “College” it says “Sept 2027”"),
    ("joined college 2027", "beside “college” it says “2027”"),
    ("college since Nov 2026", "beside “college” it says “Nov 2026”"),
    ("college since Nov (2026)", "beside “college” it says “Nov (2026”"),
    ("sixth form started 01/09/2027", "beside “sixth form” it says “01/09/2027”"),
    ("NEET since 10/11/26", "beside “NEET” it says “10/11/26”"), ("NEET since 10th Nov", "beside “NEET” it says “10th Nov”"),
    # Part time beside what may be full time.
    ("uni part time", "beside “uni” it says “part time”"), ("PT specialist college", "beside “specialist college” it says “PT”"),
    ("job with training, PT", "beside “job with training” it says “PT”"),
    ("NEET, part time", "beside “NEET” it says “part time”"),
    ("job at college part time", "beside “job” it says “part time”"), ("FT college, PT", "beside “FT college” it says “PT”"),
    ("full time college part time", "beside “college part time” it says “full time”"),
    # What is to come or over, written as a name is.
    ("college in New Year", "beside “college” it says “New Year”"),
    ("Sixth form in New Year", "beside “Sixth form” it says “New Year”"),
    ("college at an end", "beside “college” it says “an end”"), ("Sixth form at an end", "beside “Sixth form” it says “an end”"),
    ("attending taster at college", "beside “at college” it says “taster”"),
    ("attends support at college", "beside “at college” it says “support”"),
    ("college at prison", "it says “college” and “prison”"), ("college at Leeds Deferred", "it says “Deferred” and “college”"),
    ("Apprenticeship with Smith Deferred", "it says “Apprenticeship” and “Deferred”"),
    ("Apprenticeship at BMW NEET", "it says “Apprenticeship” and “NEET”"),
    # Whoever is at school in another country may have left.
    ("School in Poland", "beside “School” it says “Poland”"), ("College in Ireland", "beside “College” it says “Ireland”"),
    ("University in Spain", "beside “University” it says “Spain”"), ("school in Wales", "beside “school” it says “Wales”"),
    ("University in the Czech Republic", "beside “University” it says “Czech Republic”"),
]


@pytest.mark.parametrize(("cell", "code"), READ)
def test_what_is_harmless_keeps_nothing_from_being_read(cell, code):
    assert (as_activity(cell, WORDS, CODES), why_no_activity(cell, WORDS)) == (code, "")


@pytest.mark.parametrize(("cell", "why"), NOT_READ)
def test_whatever_else_stands_there_does_and_is_told(cell, why):
    assert (as_activity(cell, WORDS, CODES), of_school_age(cell, WORDS, CODES)) == (None, "")
    assert why_no_activity(cell, WORDS) == why


@pytest.mark.parametrize("cell", ["Started apprenticeship 2020", "College since Sept 2020"])
def test_a_year_has_not_begun_by_a_day_that_is_not_known(cell):
    assert (as_activity(cell, replace(WORDS, day=None), CODES), as_activity(cell, WORDS, CODES) is None) == (None, False)


@pytest.mark.parametrize("sign", ["?", "✗"])
def test_what_was_taught_of_a_sign_is_not_taken_without_it(sign):
    words = {spelt(f"College{sign}"): "810"}
    cells = (f"college {sign}", "College", "College ✓.")
    assert [as_taught(cell, words, WORDS, CODES) for cell in cells] == ["810", "230", "230"]


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
    for words in (*stated["beside_activity"].values(), stated["part_time"]["words"], stated["part_time"]["full_time"]):
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


def test_every_code_that_is_said_of_what_stands_beside_is_in_the_code_list():
    beside = WORDS.beside
    stated = (beside.trades_of, beside.in_names, beside.less_said, beside.of_colleges, beside.at_no_place, beside.in_part_too,
              beside.in_part, beside.in_part.values())
    assert {code for codes in stated for code in codes} <= CODES
