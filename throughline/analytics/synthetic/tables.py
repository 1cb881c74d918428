"""The truth about an invented authority beyond the register's own tables: people, institutions, and what the files got wrong."""

from throughline.analytics.warehouse.tables import Column, Table

PERSON = Table(
    "person",
    "Who the learners are. All of them are invented.",
    (
        Column("learner", "integer", "the register's own number"),
        Column("given", "text", "given name"),
        Column("middle", "text", "middle name", required=False),
        Column("family", "text", "family name"),
        Column("former_family", "text", "family name borne before", required=False),
        Column("line_1", "text", "first line of the address"),
        Column("line_2", "text", "second line", required=False),
        Column("town", "text", "town"),
        Column("postcode", "text", "postcode of an area that no real one has"),
        Column("former_line_1", "text", "first line of the address before the last move", required=False),
        Column("former_line_2", "text", "its second line", required=False),
        Column("former_town", "text", "its town", required=False),
        Column("former_postcode", "text", "its postcode", required=False),
        Column("upn", "text", "unique pupil number, with a valid check letter", required=False),
        Column("uln", "text", "unique learner number, with a valid check digit", required=False),
        Column("phone", "text", "telephone of the range kept for fiction"),
        Column("email", "text", "electronic mail, of a domain that delivers nowhere", required=False),
        Column("transferred_to", "text", "three-digit code of the authority somebody moved to", required=False),
        Column("guarantee", "text", "code of the list guarantee_status, of the offer made in year 11", required=False),
        Column("intended", "text", "code of the list intended_destination, said in year 11", required=False),
        Column("level_of_need", "text", "code of the list level_of_need"),
    ),
    key=("learner",),
)

CONTACT = Table(
    "contact",
    "Parents and carers.",
    (
        Column("learner", "integer", "the register's own number"),
        Column("order", "integer", "1 is asked first"),
        Column("name", "text", "name"),
        Column("relation", "text", "what they are to the learner"),
        Column("phone", "text", "telephone of the range kept for fiction"),
    ),
    key=("learner", "order"),
)

SCHOOL = Table(
    "school",
    "Invented schools and colleges.",
    (
        Column("establishment", "text", "establishment number, seven digits, of an authority that does not exist"),
        Column("name", "text", "name"),
        Column("kind", "text", "secondary, special, alternative, sixth_form_college, further_education or specialist"),
        Column("district", "text", "nine-character code of the district"),
        Column("sixth_form", "flag", "whether it teaches years 12 and 13"),
        Column("ukprn", "text", "UK provider reference number of a college", required=False),
    ),
    key=("establishment",),
)

PROVIDER = Table(
    "provider",
    "Invented colleges and training providers.",
    (
        Column("ukprn", "text", "UK provider reference number, eight digits"),
        Column("name", "text", "name"),
        Column("kind", "text", "sixth_form_college, further_education, specialist or training"),
    ),
    key=("ukprn",),
)

DISTRICT = Table(
    "district",
    "Invented districts.",
    (
        Column("district", "text", "nine-character code"),
        Column("name", "text", "name"),
    ),
    key=("district",),
)

REALITY = Table(
    "reality",
    "What everybody really does from a day on, whether or not the authority has heard of it, those not known included.",
    (
        Column("learner", "integer", "the register's own number"),
        Column("code", "text", "code of the list activity"),
        Column("start", "date", "first day of it"),
        Column("establishment", "text", "establishment number, seven digits", required=False),
        Column("provider", "text", "UK provider reference number, eight digits", required=False),
    ),
    key=("learner", "start"),
)

FILE = Table(
    "file",
    "The files that were written, and how.",
    (
        Column("file", "text", "name of the file"),
        Column("kind", "text", "return, flat, leavers, starters, enrolments, withdrawals, apprentices or survey"),
        Column("institution", "text", "establishment or provider number of whoever sends it", required=False),
        Column("on", "date", "day that it speaks of"),
        Column("headings_row", "integer", "row of its headings, counted from 1", required=False),
        Column("date_form", "text", "british, british_short, iso, serial or words"),
        Column("alphabet", "text", "utf-8, utf-8-sig or cp1252; empty for a workbook", required=False),
    ),
    key=("file",),
)

ERRORS = Table(
    "errors",
    "Every difference between a file and the truth.",
    (
        Column("file", "text", "name of the file"),
        Column("row", "integer", "its line or record, counted from 1; empty where it is of the whole file", required=False),
        Column("learner", "integer", "the register's own number", required=False),
        Column("field", "text", "heading or element", required=False),
        Column("kind", "text", "what was done to it, as definitions/synthetic/errors.toml names it"),
        Column("true", "text", "what should stand there", required=False),
        Column("written", "text", "what stands there", required=False),
    ),
)

MATCHES = Table(
    "matches",
    "Whom each row of each file is about.",
    (
        Column("file", "text", "name of the file"),
        Column("row", "integer", "its line or record, counted from 1"),
        Column("learner", "integer", "the register's own number"),
    ),
    key=("file", "row"),
)
