"""Roles say what they mean, and carry no more than they say."""

import pytest

from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ALL_ROLES, ROLES, roles_reference, roles_with

WHO_HAS_WHAT = """
role                           see own ent ld  dow age cod pln upd edit ind brd ask iss ypl snd all kp  sen opn cls fol fg usr aud
tracking_officer               yes yes no  no  yes yes no  yes yes no  no  no  no  no  yes no  yes yes yes yes yes yes no  no  no
data_officer                   yes yes yes yes yes yes yes yes yes no  yes no  no  no  yes no  yes yes yes yes yes yes yes no  no
strategy_lead                  yes yes yes no  yes yes no  yes yes yes yes yes no  yes no  no  no  no  no  no  no  no  no  no  no
school_improvement_officer     yes yes yes no  yes yes no  yes yes yes yes yes no  yes no  no  no  no  no  no  no  no  no  no  no
provider_staff                 yes no  no  no  yes yes no  yes yes no  no  no  no  no  yes yes no  no  no  no  no  no  no  no  no
employer                       yes no  no  no  yes no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no
young_person_or_parent         yes no  no  no  yes no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no
councillor                     yes yes no  no  yes yes no  yes no  no  no  no  yes no  no  no  no  no  no  no  no  no  no  no  no
inspector                      yes yes no  no  yes yes no  yes no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no
information_governance_officer yes no  no  no  no  yes no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  yes
administrator                  yes no  no  no  no  yes no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  no  yes yes
"""


def test_each_role_has_these_permissions():
    heading, *rows = [line.split() for line in WHO_HAS_WHAT.strip().splitlines()]
    assert len(heading) - 1 == len(Permission)
    said = {row[0]: {p for p, cell in zip(Permission, row[1:], strict=True) if cell == "yes"} for row in rows}
    assert {role.id: set(role.permissions) for role in ALL_ROLES} == said


def test_whoever_gives_access_does_not_change_figures():
    givers = set(roles_with(Permission.MANAGE_USERS))
    assert givers
    for permission in (Permission.ENTER_FIGURES, Permission.LOAD_PUBLISHED_DATA, Permission.SEE_LEARNERS):
        assert not givers & set(roles_with(permission))


@pytest.mark.parametrize("role", ALL_ROLES, ids=lambda role: role.id)
def test_a_description_claims_what_the_permissions_give(role):
    sees_entered = "entered figures of their own authority" in role.may_see
    assert sees_entered == (Permission.SEE_ENTERED_FIGURES in role.permissions)
    assert ("audit" in role.may_see) == (Permission.SEE_AUDIT in role.permissions)
    enters = "enter or correct the figures of their own authority" in role.may_change
    assert enters == (Permission.ENTER_FIGURES in role.permissions)
    assert ("load new releases" in role.may_change) == (Permission.LOAD_PUBLISHED_DATA in role.permissions)
    assert ("how old they are" in role.may_see) == (Permission.SEE_DATA_FRESHNESS in role.permissions)
    assert ("download" in role.may_see) == (Permission.DOWNLOAD_FIGURES in role.permissions)


def test_a_description_says_who_sees_young_people():
    said = {role.id for role in ALL_ROLES if "young p" in role.may_see.lower()}
    assert said == {role.id for role in roles_with(Permission.SEE_LEARNERS)}
    never = {role.id for role in ALL_ROLES if "young person's record" in role.never}
    assert never == {role.id for role in ALL_ROLES} - said
    more = (Permission.SEE_ALL_LEARNERS, Permission.EDIT_LEARNERS, Permission.SEE_SENSITIVE, Permission.SEE_RESTRICTED)
    for permission in more:
        assert set(roles_with(permission)) <= set(roles_with(Permission.SEE_LEARNERS))
    assert set(roles_with(Permission.FOLLOW_UP)) <= set(roles_with(Permission.SEE_ALL_LEARNERS))


@pytest.mark.parametrize("role", ALL_ROLES, ids=lambda role: role.id)
def test_nobody_is_said_to_see_figures_that_another_authority_entered(role):
    owner = "another" if Permission.SEE_ENTERED_FIGURES in role.permissions else "any"
    assert f"{owner} authority's entered figures" in role.never


def test_the_reference_page_says_that_entered_figures_are_an_authoritys_own():
    assert "Somebody who works for no authority sees published figures only" in roles_reference()


def test_the_reference_page_has_every_role_and_permission():
    page = roles_reference()
    table = [line for line in page.splitlines() if line.startswith("| ")]
    assert len(table) == 1 + len(ROLES)
    assert f"| Employer | yes | no | no | no | yes{' | no' * (len(Permission) - 5)} |" in table
    for permission in Permission:
        assert permission.sentence in page


def test_those_who_see_plans_are_said_to_be_told_the_figures_of_issued_reports():
    assert "every report issued to them with the figures in it" in Permission.SEE_PLANS.sentence
    staff = ROLES["provider_staff"]
    assert "the reports issued on them with all their figures" in staff.may_see
    assert "other than those that its plans and issued reports tell" in staff.never
