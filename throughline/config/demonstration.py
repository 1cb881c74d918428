"""The steps that make a demonstration, each leaving alone what is already up to date."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from throughline.analytics.measures.areas import find_area
from throughline.analytics.warehouse.build import STEPS as BUILD_STEPS
from throughline.apps.accounts.actions import create_example_users
from throughline.apps.accounts.models import User
from throughline.apps.learners.codes import invented_authority
from throughline.apps.performance.figures import are_behind, rebuild, warehouse
from throughline.config.example.files import PARTS as FILE_PARTS
from throughline.config.example.files import make_files
from throughline.config.example.followup import FOLLOWUP_PARTS, make_followup
from throughline.config.example.register import REGISTER_PARTS, SCHOOL, make_register
from throughline.config.example.step import PARTS, make_plan

Advance = Callable[[], None]


@dataclass(frozen=True)
class Step:
    """One step: its title, how many parts its progress has, and what runs it.

    run takes the code or name of the authority shown and is handed advance, to call as each part is
    done; it returns what was done, in words.
    """

    title: str
    parts: int
    run: Callable[[str, Advance], str]


def make_database(_area: str, _advance: Advance) -> str:
    """Bring the database up to date."""
    executor = MigrationExecutor(connection)
    changes = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not changes:
        return "up to date"
    call_command("migrate", verbosity=0, interactive=False)
    return f"{changes} changes made"


def build_warehouse(_area: str, advance: Advance) -> str:
    """Build the warehouse, unless nothing it is made from has changed since."""
    built = _changed(settings.WAREHOUSE)
    fresh = built > max(_changed(path) for path in _made_from()) and not are_behind()
    if not fresh:
        rebuild(lambda _part: advance())
    held = warehouse().rows("SELECT count(*) AS figures, count(DISTINCT measure) AS measures FROM figure")[0]
    return f"{'up to date' if fresh else 'built'}: {held['figures']:,} figures of {held['measures']} measures"


def make_people(area: str, _advance: Advance) -> str:
    """Make an invented person for each role, all of the invented authority.

    area is the real authority whose published figures are shown beside it. Raises UnknownAreaError, making nobody.
    """
    find_area(warehouse(), area)
    place = find_area(warehouse(), invented_authority(settings.DEFINITIONS)["area"])
    before = list(User.objects.filter(is_example=True).values_list("area", flat=True))
    after = len(create_example_users(area=place.area, establishment=SCHOOL))
    made = "up to date" if before == [place.area] * after else f"{after - len(before)} made"
    return f"{made}: one invented person for each of {after} roles, all of {place.name}"


STEPS = (
    Step("The database", 1, make_database),
    # Before anything is invented: who asks for an authority that is not there is told so at once.
    Step("The warehouse", len(BUILD_STEPS), build_warehouse),
    Step("Example people", 1, make_people),
    Step("An invented authority", REGISTER_PARTS, make_register),
    Step("Its last month", FILE_PARTS, make_files),
    Step("Example plan", PARTS, make_plan),
    Step("Follow-up", FOLLOWUP_PARTS, make_followup),
)


def _made_from() -> Iterator[Path]:
    """The files a warehouse comes from: definitions, published figures, and the code that makes figures of them."""
    code = settings.ROOT / "throughline" / "analytics"
    for folder in (settings.DEFINITIONS, settings.REFERENCE, settings.LOADED, code):
        yield from (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _changed(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0
