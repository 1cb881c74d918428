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

    @property
    def description(self) -> str:
        """The whole role in one paragraph."""
        return " ".join((self.who, self.may_see, self.may_change, self.never))


_READ = frozenset({P.SEE_PUBLISHED_FIGURES, P.DOWNLOAD_FIGURES})
_AUTHORITY = _READ | {P.SEE_ENTERED_FIGURES, P.SEE_DATA_FRESHNESS}
_SEES = "They may see and download published figures and the entered figures of their own authority, and see how old they are."
_ENTERS = "enter or correct the figures of their own authority"
_ONLY_THEIR_OWN = "They never see another authority's entered figures, the audit or other people's accounts."
_NO_ENTERED = "They never see any authority's entered figures, the audit or other people's accounts."
OWN_AUTHORITY = (
    "Entered figures are seen and entered only by people of the authority that they are about. Somebody who works for no "
    "authority sees published figures only, whatever their role."
)

ALL_ROLES = (
    Role(
        "tracking_officer",
        "Tracking officer",
        "Finds out what every 16 and 17 year old in the authority is doing.",
        _SEES,
        "They change no figures.",
        _ONLY_THEIR_OWN,
        _AUTHORITY,
    ),
    Role(
        "data_officer",
        "Data officer",
        "Brings figures in, checks them and answers questions about them.",
        _SEES,
        f"They may load new releases of published data and {_ENTERS}.",
        _ONLY_THEIR_OWN,
        _AUTHORITY | {P.ENTER_FIGURES, P.LOAD_PUBLISHED_DATA},
    ),
    Role(
        "strategy_lead",
        "Strategy lead",
        "Leads the 14 to 24 partnership and answers for its plan.",
        _SEES,
        f"They may {_ENTERS}.",
        _ONLY_THEIR_OWN,
        _AUTHORITY | {P.ENTER_FIGURES},
    ),
    Role(
        "school_improvement_officer",
        "School improvement officer",
        "Supports and challenges schools on how their pupils do.",
        _SEES,
        f"They may {_ENTERS}.",
        _ONLY_THEIR_OWN,
        _AUTHORITY | {P.ENTER_FIGURES},
    ),
    Role(
        "provider_staff",
        "School, college or provider staff",
        "Works for a school, a college or a training provider in the partnership.",
        "They may see and download published figures, and see how old they are.",
        "They change nothing.",
        _NO_ENTERED,
        _READ | {P.SEE_DATA_FRESHNESS},
    ),
    Role(
        "employer",
        "Employer",
        "Offers jobs, apprenticeships or placements to young people.",
        "They may see and download published figures.",
        "They change nothing.",
        _NO_ENTERED,
        _READ,
    ),
    Role(
        "young_person_or_parent",
        "Young person or parent",
        "Is aged 14 to 24, or is a parent or carer of someone who is.",
        "They may see and download published figures.",
        "They change nothing.",
        _NO_ENTERED,
        _READ,
    ),
    Role(
        "councillor",
        "Councillor",
        "Is an elected member who holds the authority to account.",
        _SEES,
        "They change nothing.",
        _ONLY_THEIR_OWN,
        _AUTHORITY,
    ),
    Role(
        "inspector",
        "Inspector",
        "Inspects the authority and is let in by it for the length of an inspection.",
        _SEES,
        "They change nothing.",
        _ONLY_THEIR_OWN,
        _AUTHORITY,
    ),
    Role(
        "information_governance_officer",
        "Information governance officer",
        "Makes sure that people's data is used lawfully and only by those who need it.",
        "They may see published figures, how old they are, and the audit of who looked and who changed.",
        "They change nothing.",
        "They never see any authority's entered figures, and they make no accounts, so that those who check access are "
        "not those who give it.",
        frozenset({P.SEE_PUBLISHED_FIGURES, P.SEE_DATA_FRESHNESS, P.SEE_AUDIT}),
    ),
    Role(
        "administrator",
        "Administrator",
        "Looks after who may come in.",
        "They may see published figures, how old they are, everyone's account, and the audit.",
        "They may make accounts, change roles, close accounts and let a person set up sign-in afresh.",
        "They never see or enter any authority's entered figures, and load none: whoever gives access does not also "
        "change figures.",
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
