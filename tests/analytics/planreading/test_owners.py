"""Who is to do something: several in one cell, codes, posts, organisations, and sentences that are none."""

import pytest

from throughline.analytics.planreading.owners import names_owners, read_owners, somebody, told_to_do

GLOSSARY = {"HSI": "Head of School Improvement", "PTA": "Port Teaching Alliance", "AM": "Ada Marl",
            "ICB": "Integrated Care Board"}


@pytest.mark.parametrize(("printed", "owners"), [
    ("HSI / PTA", [("HSI", "Head of School Improvement", "HSI", "post"),
                   ("PTA", "Port Teaching Alliance", "PTA", "organisation")]),
    ("HSI PTA Friendly Partners", [("HSI", "Head of School Improvement", "HSI", "post"),
                                   ("PTA", "Port Teaching Alliance", "PTA", "organisation"),
                                   ("Friendly Partners", "", "", "organisation")]),
    ("Ben Clay/Cy Dunn (CD)", [("Ben Clay", "", "", "person"), ("Cy Dunn (CD)", "Cy Dunn", "CD", "person")]),
    ("Ada Marl (AM)/Ben Clay (BC)", [("Ada Marl (AM)", "Ada Marl", "AM", "person"),
                                     ("Ben Clay (BC)", "Ben Clay", "BC", "person")]),
    ("Ada Marl and Ben Clay", [("Ada Marl", "", "", "person"), ("Ben Clay", "", "", "person")]),
    ("Ada Marl Ben Clay Cy Dunn", [("Ada Marl", "", "", "person"), ("Ben Clay", "", "", "person"),
                                   ("Cy Dunn", "", "", "person")]),
    ("Head of Adult Skills/Head of SEND and Inclusion", [("Head of Adult Skills", "", "", "post"),
                                                         ("Head of SEND and Inclusion", "", "", "post")]),
    ("Ada Marl (reporting to the Board)", [("Ada Marl (reporting to the Board)", "", "", "person")]),
    ("LSC, Connexions", [("LSC", "", "", "organisation"), ("Connexions", "", "", "organisation")]),
    ("XYZ", [("XYZ", "", "XYZ", "")]),
    ("• Employers\n• Marl College", [("Employers", "", "", "organisation"), ("Marl College", "", "", "organisation")]),
    ("Marl Borough Council and NHS Marl and North Marlshire ICB",
     [("Marl Borough Council", "", "", "organisation"), ("NHS Marl and North Marlshire ICB", "", "", "organisation")]),
    ("Head of Schools and College Partnership", [("Head of Schools and College Partnership", "", "", "post")]),
    ("", []),
])
def test_owners_one_by_one(printed, owners, templates):
    found = [(each.printed, each.name, each.code, each.kind) for each in read_owners(printed, templates, GLOSSARY)]
    assert found == owners


@pytest.mark.parametrize(("printed", "owners", "unnamed"), [
    ("HSI / TBC", ["HSI"], ["TBC"]), ("To be confirmed", [], ["To be confirmed"]), ("n/a", [], ["n/a"]), ("HSI", ["HSI"], []),
])
def test_who_is_still_to_be_named_is_no_owner(printed, owners, unnamed, templates):
    found, nobody = somebody(printed, templates, GLOSSARY)
    assert ([each.printed for each in found], nobody) == (owners, unnamed)


@pytest.mark.parametrize(("text", "named"), [
    ("HSI / SIM", True), ("Head of Inclusion", True), ("Ada Marl", True),
    ("Marl College; Ada Marl", True),
    ("Schools go to training and bring it home", False), ("Connexions to coordinate it", False),
    ("Meet the heads each term.", False),
])
def test_a_cell_names_owners_or_says_something_else(text, named, templates):
    assert (names_owners(text, templates, GLOSSARY) >= 0.6) is named


@pytest.mark.parametrize(("text", "told"), [
    ("Connexions to coordinate and report", ["Connexions"]), ("Partnership will commission a group", ["Partnership"]),
    ("Quality is led by nobody", []), ("Employers", []),
])
def test_who_is_told_to_do_something(text, told, templates):
    assert told_to_do(text, templates) == told
