"""Many indicators at once: the grid, the trajectory and target table, the gap table, and what cannot be judged."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators import files, grid
from throughline.apps.indicators.asked import read_asked
from throughline.apps.indicators.table_files import gap_file, grid_file, trajectory_file, unjudged_file
from throughline.apps.indicators.views.drawing import page
from throughline.apps.indicators.views.indicator import area_name
from throughline.apps.indicators.views.register import results_of, subject
from throughline.apps.organisations.access import of_own_authority
from throughline.ui.downloads import table_response

_FILES = {"grid": grid_file, "trajectories": trajectory_file, "gaps": gap_file, "unjudged": unjudged_file}
_TITLES = {"grid": "Indicator grid", "trajectories": "Trajectories and targets", "gaps": "Gaps",
           "unjudged": "Targets that cannot be judged"}


def _page(request: HttpRequest, template: str, made) -> HttpResponse:
    """A page of every active indicator; made turns the results into what the template shows."""
    request.audit_subject = subject(request)
    asked = read_asked(request)
    results = results_of(request, asked)
    on = results[0].on if results else asked.on
    context = {"asked": asked, "results": results, "on": on, "area": area_name(request.user.area), "query": asked.query}
    return page(request, template, context | made(results, on))


@of_own_authority(Permission.SEE_PLANS)
def show_grid(request: HttpRequest) -> HttpResponse:
    """The indicator grid, one page of A4."""

    def made(results: list, on: Any) -> dict[str, Any]:
        years, blocks = grid.grid(results, on)
        return {"years": years, "blocks": blocks}

    return _page(request, "grid", made)


@of_own_authority(Permission.SEE_PLANS)
def show_trajectories(request: HttpRequest) -> HttpResponse:
    """Three years back and four forward: actual, trajectory and target."""

    def made(results: list, on: Any) -> dict[str, Any]:
        return {"years": grid.trajectory_years(on), "tables": grid.trajectory_tables(results, on)}

    return _page(request, "trajectories", made)


@of_own_authority(Permission.SEE_PLANS)
def show_gaps(request: HttpRequest) -> HttpResponse:
    """Each group beside the one it is compared with, here and in England."""
    return _page(request, "gaps", lambda results, _: {"lines": grid.gap_lines(results)})


@of_own_authority(Permission.SEE_PLANS)
def show_unjudged(request: HttpRequest) -> HttpResponse:
    """Every target that cannot be judged, why, and what would let it be."""
    return _page(request, "unjudged", lambda results, _: {"unjudged": [one for one in results if not one.judged]})


@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, table: str, kind: str) -> HttpResponse:
    """One of the tables as CSV or XLSX."""
    request.audit_subject = subject(request)
    asked = read_asked(request)
    results = results_of(request, asked)
    columns, rows = _FILES[table](results, results[0].on if results else asked.on)
    return table_response(kind, f"indicators {table}", columns, rows, files.notes(asked, results), title=_TITLES[table])
