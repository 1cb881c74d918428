"""The tasks of the site beside which a page of the handbook is shown: the worklists, logging a contact, closing a month.

Actions of a plan are chosen by hand, on the action's own page, since each authority has its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.codelists.ruling import rule

CONTACT, CLOSE = "contact", "close_month"


@dataclass(frozen=True)
class Task:
    """A task: its id, what it is called, and the page on which it is done, by name, with the permission that this needs.

    Where it is done on the page of one young person there is no such name.
    """

    id: str
    title: str
    permission: P
    url_name: str = ""
    args: tuple[str, ...] = ()


def all_tasks() -> dict[str, Task]:
    """Every task by its id, the worklists by the titles of their rules."""
    lists = rule("worklists")[-1].lists
    found = [Task(name, f"Worklist: {each.title}", P.FOLLOW_UP, "followup:worklist", (name,)) for name, each in lists.items()]
    found += [Task(CONTACT, "Logging a contact", P.FOLLOW_UP), Task(CLOSE, "Closing a month", P.CLOSE_MONTHS, "returns:close")]
    return {task.id: task for task in found}


def tasks_named(ids: Iterable[str]) -> list[Task]:
    """These tasks in the order of all; an id that is none any more is left out."""
    wanted = set(ids)
    return [task for task in all_tasks().values() if task.id in wanted]
