"""The roles a person may have: who they are, what they may see and change, and what they never see."""

from dataclasses import dataclass

from throughline.apps.accounts.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    """One role; id is kept in the database, title and the sentences are read by people."""

    id: str
    title: str
    who: str
    may_see: str
    may_change: str
    never: str
    permissions: frozenset[P]
    only_published: bool = False  # for whoever works for neither council nor school: no other role is theirs to ask for

    @property
    def description(self) -> str:
        """The whole role in one paragraph."""
        return " ".join((self.who, self.may_see, self.may_change, self.never))


_READ = frozenset({P.SEE_PUBLISHED_FIGURES, P.DOWNLOAD_FIGURES})
_AUTHORITY = _READ | {P.SEE_ENTERED_FIGURES, P.SEE_DATA_FRESHNESS}
_SEES = "They may see and download published figures and the entered figures of their own authority, and see how old they are."
_SEES_PLANS = "They may see its plans, indicators and boards too."
_ENTERS = "enter or correct the figures of their own authority"
_RUNS = "read in, change and update its plans, keep its indicators and boards, and issue reports"
_ONLY_THEIR_OWN = (
    "They never see another authority's entered figures or plans, any young person's record, the audit or other people's "
    "accounts."
)
_NO_ENTERED = (
    "They never see any authority's entered figures of measures, any young person's record, the audit or other people's accounts."
)
_SEES_LEARNERS = (
    "They may see every young person of their own authority, sensitive characteristics included, and open a restricted record "
    "for a reason that is recorded."
)
_KEEPS = "keep the register of young people, follow them up and close its months"
_NO_OTHERS_LEARNERS = (
    "They never see another authority's entered figures, plans or young people, the audit or other people's accounts."
)
_REGISTER = frozenset({P.SEE_LEARNERS, P.SEE_ALL_LEARNERS, P.EDIT_LEARNERS, P.SEE_SENSITIVE, P.SEE_RESTRICTED, P.CLOSE_MONTHS,
                       P.FOLLOW_UP})
_PLANNERS = frozenset({P.SEE_PLANS, P.UPDATE_ACTIONS, P.EDIT_PLANS, P.EDIT_INDICATORS, P.RUN_BOARDS, P.ISSUE_REPORTS})
OWN_AUTHORITY = (
    "Entered figures, plans and young people are seen and changed only by people of the authority whose they are. Somebody who "
    "works for no authority sees published figures only, whatever their role."
)

ALL_ROLES = (
    Role(
        "tracking_officer",
        "Tracking officer",
        "Finds out what every 16 and 17 year old in the authority is doing.",
        f"{_SEES} {_SEES_PLANS} {_SEES_LEARNERS}",
        f"They may {_KEEPS}, and say how the actions that they own are going. They change no figures.",
        _NO_OTHERS_LEARNERS,
        _AUTHORITY | _REGISTER | {P.SEE_PLANS, P.UPDATE_ACTIONS},
    ),
    Role(
        "data_officer",
        "Data officer",
        "Brings figures in, checks them and answers questions about them.",
        f"{_SEES} {_SEES_PLANS} {_SEES_LEARNERS}",
        f"They may load new releases of published data, {_ENTERS}, {_KEEPS}, put code lists and the points of the risk of NEET "
        "right, forget young people whose records are kept no longer, keep its indicators and update their own actions.",
        _NO_OTHERS_LEARNERS,
        _AUTHORITY | _REGISTER | {P.ENTER_FIGURES, P.LOAD_PUBLISHED_DATA, P.EDIT_CODE_LISTS, P.FORGET_LEARNERS, P.SEE_PLANS,
                                  P.UPDATE_ACTIONS, P.EDIT_INDICATORS},
    ),
    Role(
        "strategy_lead",
        "Strategy lead",
        "Leads the 14 to 24 partnership and answers for its plan.",
        f"{_SEES} {_SEES_PLANS}",
        f"They may {_ENTERS}, {_RUNS}.",
        _ONLY_THEIR_OWN,
        _AUTHORITY | _PLANNERS | {P.ENTER_FIGURES},
    ),
    Role(
        "school_improvement_officer",
        "School improvement officer",
        "Supports and challenges schools on how their pupils do.",
        f"{_SEES} {_SEES_PLANS}",
        f"They may {_ENTERS}, {_RUNS}.",
        _ONLY_THEIR_OWN,
        _AUTHORITY | _PLANNERS | {P.ENTER_FIGURES},
    ),
    Role(
        "provider_staff",
        "School, college or provider staff",
        "Works for a school, a college or a training provider in the partnership.",
        "They may see and download published figures, see how old they are, and see the plans of the authority they work with, "
        "the values typed into their indicators and the reports issued on them with all their figures. "
        "Where their account names a school, a college or a provider, they may see the young people who are there or were there "
        "at 16.",
        "They may say how the actions that they own are going, and send the authority a list of their own young people, which it "
        "looks over.",
        "They never see any authority's entered figures of measures other than those that its plans and issued reports tell, a "
        "young person of another school, college or provider, anybody's sensitive characteristics, the audit or other people's "
        "accounts.",
        _READ | {P.SEE_DATA_FRESHNESS, P.SEE_PLANS, P.UPDATE_ACTIONS, P.SEE_LEARNERS, P.SEND_LISTS},
    ),
    Role(
        "employer",
        "Employer",
        "Offers jobs, apprenticeships or placements to young people.",
        "They may see and download published figures.",
        "They change nothing.",
        _NO_ENTERED,
        _READ,
        only_published=True,
    ),
    Role(
        "young_person_or_parent",
        "Young person or parent",
        "Is aged 14 to 24, or is a parent or carer of someone who is.",
        "They may see and download published figures.",
        "They change nothing.",
        _NO_ENTERED,
        _READ,
        only_published=True,
    ),
    Role(
        "councillor",
        "Councillor",
        "Is an elected member who holds the authority to account.",
        f"{_SEES} {_SEES_PLANS}",
        "They may ask scrutiny questions. They change nothing else.",
        _ONLY_THEIR_OWN,
        _AUTHORITY | {P.SEE_PLANS, P.ASK_QUESTIONS},
    ),
    Role(
        "inspector",
        "Inspector",
        "Inspects the authority and is let in by it for the length of an inspection.",
        f"{_SEES} {_SEES_PLANS}",
        "They change nothing.",
        _ONLY_THEIR_OWN,
        _AUTHORITY | {P.SEE_PLANS},
    ),
    Role(
        "information_governance_officer",
        "Information governance officer",
        "Makes sure that people's data is used lawfully and only by those who need it.",
        "They may see published figures, how old they are, and the audit of who looked and who changed.",
        "They change nothing.",
        "They never see any authority's entered figures or any young person's record, and they make no accounts, so that those "
        "who check access are not those who give it.",
        frozenset({P.SEE_PUBLISHED_FIGURES, P.SEE_DATA_FRESHNESS, P.SEE_AUDIT}),
    ),
    Role(
        "administrator",
        "Administrator",
        "Looks after who may come in.",
        "They may see published figures, how old they are, everyone's account, and the audit.",
        "They may make accounts, change roles, close accounts and let a person set up sign-in afresh.",
        "They never see or enter any authority's entered figures, and load none, and see no young person's record: whoever gives "
        "access does not also use it.",
        frozenset({P.SEE_PUBLISHED_FIGURES, P.SEE_DATA_FRESHNESS, P.MANAGE_USERS, P.SEE_AUDIT}),
    ),
)
ROLES = {role.id: role for role in ALL_ROLES}


def roles_with(permission: P) -> tuple[Role, ...]:
    """The roles that carry a permission, in the order they are listed."""
    return tuple(role for role in ALL_ROLES if permission in role.permissions)


def roles_reference() -> str:
    """The page docs/reference/roles.md, as Markdown: a table of roles by permissions, then each in words."""
    lines = [
        "# Who may do what",
        "",
        "Everyone who signs in has one role, and may do what it allows and nothing else.",
        "",
        OWN_AUTHORITY,
        "",
        "| Role | " + " | ".join(permission.title for permission in P) + " |",
        "|---|" + "---|" * len(P),
    ]
    lines += [f"| {role.title} | {' | '.join(_yes(role, permission) for permission in P)} |" for role in ALL_ROLES]
    lines += ["", "## The permissions", ""]
    lines += [f"- **{permission.title}** (`{permission}`): {permission.sentence}" for permission in P]
    lines += ["", "## The roles", ""]
    lines += [f"- **{role.title}** (`{role.id}`): {role.description}" for role in ALL_ROLES]
    return "\n".join(lines) + "\n"


def _yes(role: Role, permission: P) -> str:
    return "yes" if permission in role.permissions else "no"
