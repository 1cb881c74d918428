"""Who the owners that a plan prints are, each looked up in the authority's directory once."""

from collections.abc import Mapping

from throughline.analytics.planreading import tree
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.directory import find_or_make
from throughline.apps.organisations.models import Party
from throughline.apps.organisations.queries import resolve

_LONGEST = Party._meta.get_field("name").max_length or 0


class Directory:
    """The directory of one authority while one plan is taken in; glossary gives the names behind the plan's codes."""

    def __init__(self, by: User | None, area: str, glossary: Mapping[str, str]) -> None:
        self._by, self._area, self._glossary = by, area, glossary
        self._known: dict[str, Party | None] = {}

    def whom(self, owner: tree.Owner) -> Party | None:
        """The entry that an owner stands for; somebody named who is not there yet is added, a code nobody knows is None."""
        said = owner.printed or owner.name
        if said not in self._known:
            self._known[said] = self._found(owner)
        return self._known[said]

    def _found(self, owner: tree.Owner) -> Party | None:
        code = owner.code
        name = " ".join((owner.name or self._glossary.get(code, "") or ("" if code else owner.printed)).split())
        known = resolve(self._area, code) if code else None
        if known is None and name:
            known = resolve(self._area, name)
        named = bool(name) and len(name) <= _LONGEST and bool(owner.kind or code)
        if not named or known and not code:
            return known
        kind = owner.kind or Party.Kind.POST
        return find_or_make(by=self._by, area=self._area, name=name, kind=kind, codes=[code] if code else [])
