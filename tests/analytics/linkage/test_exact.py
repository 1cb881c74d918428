"""People are found by identifiers and exact details, and never when there is doubt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.linkage.exact import Index, Person, spelt

BORN, OTHER_DAY = date(2010, 2, 3), date(2009, 5, 6)
REGISTER = {
    1: Person("Zoë", "O'Brien", BORN, {"upn": "A1", "young_persons_id": "Y1"}, former_names=(("Zoë", "Smith"),)),
    2: Person("Ben", "Ng", BORN, {"uln": "U2"}),
    3: Person("Ana", "Lee", BORN, {}),
    4: Person("Ana", "Lee", BORN, {"upn": "A4"}),
    5: Person("Bo", "Diaz", OTHER_DAY, {"upn": "A5", "uln": "U5"}),
}
INDEX = Index(REGISTER.items())
# row, learner, by, doubt
ROWS = [
    (Person("", "", None, {"upn": "A1"}), 1, "UPN", ""),
    (Person("Zoe", "OBRIEN", BORN, {}), 1, "name and date of birth", ""),
    (Person("Zoe", "Smith", BORN, {}), 1, "name and date of birth", ""),
    (Person("Zoe", "O’Brien", OTHER_DAY, {}), None, "", "nobody"),
    (Person("Zoe", "Jones", OTHER_DAY, {"upn": "A1"}), 1, "UPN", ""),  # a shared first name: a slip in the date is likelier
    (Person("Max", "Jones", OTHER_DAY, {"upn": "A1"}), None, "", "another name and date of birth"),
    (Person("Max", "Jones", BORN, {"upn": "A1"}), 1, "UPN", ""),
    (Person("Bo", "Diaz", OTHER_DAY, {"upn": "A5", "uln": "U2"}), None, "", "different people"),
    (Person("Bo", "Diaz", OTHER_DAY, {"upn": "A5", "uln": "U5"}), 5, "UPN and ULN", ""),
    (Person("Ben", "Ng", BORN, {"upn": "A9"}), 2, "name and date of birth", ""),
    (Person("Ben", "Ng", BORN, {"uln": "U9"}), None, "", "another ULN"),
    (Person("Ana", "Lee", BORN, {}), None, "", "2 people"),
    (Person("Ana", "Lee", BORN, {"upn": "A4"}), 4, "UPN", ""),
    (Person("Ana", "", BORN, {}), None, "", "nobody"),
    (Person("", "", None, {"upn": ""}), None, "", "nobody"),
    (Person("", "", None, {"upn": "A9"}), None, "", "nobody in the register has these identifiers"),
]


@pytest.mark.parametrize(("row", "learner", "by", "doubt"), ROWS)
def test_whom_a_row_is_about(row, learner, by, doubt):
    found = INDEX.find(row)
    assert (found.learner, found.by) == (learner, by)
    assert doubt in found.doubt if doubt else found.doubt == ""


@pytest.mark.parametrize(("one", "other"), [
    ("O'Brien", "OBRIEN"), ("Zoë", "zoe"), ("Anne-Marie", "anne marie"), ("Łukasz ", "lukasz"),
    ("Sørensen", "SORENSEN"), ("Đức", "Duc"), ("Guðrún Þórs", "Gudrun Thors"), ("Æsa Großmann", "aesa grossmann"),
    ("Œuvrard", "Oeuvrard"), ("Işıl", "Isil"), ("Kaʻala", "Kaala"),
])
def test_names_that_are_spelt_alike(one, other):
    assert spelt(one) == spelt(other)


PEOPLE = st.builds(
    Person, st.sampled_from(["Ana", "Bo"]), st.sampled_from(["Lee", "Ng"]), st.sampled_from([None, BORN, OTHER_DAY]),
    st.dictionaries(st.sampled_from(["upn", "uln"]), st.sampled_from(["", "1", "2"])),
)


@given(st.lists(PEOPLE, max_size=6), PEOPLE)
def test_whoever_is_found_shares_something_and_nobody_else_shares_as_much(register, row):
    found = Index(enumerate(register)).find(row)
    if found.learner is None:
        assert found.doubt
        return
    same = {place for place, person in enumerate(register) for scheme, value in (row.identifiers or {}).items()
            if value and (person.identifiers or {}).get(scheme) == value}
    namesakes = {place for place, person in enumerate(register)
                 if row.born and (person.given_name, person.family_name, person.born)
                 == (row.given_name, row.family_name, row.born)}
    assert {found.learner} == (same or namesakes)
