"""Loading a release of published data, and taking it away again."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_valid_filename, slugify
from django.views.decorators.http import require_POST

from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.performance import actions, loading
from throughline.apps.performance import figures as room
from throughline.apps.performance.forms import ANOTHER, LoadForm
from throughline.core.problems import RefusedFileError

SHOWN = 100


@require(Permission.LOAD_PUBLISHED_DATA)
def show(request: HttpRequest) -> HttpResponse:
    """What has been loaded, and a form to load more; a refused file is answered line by line."""
    form = LoadForm(request.POST or None, request.FILES or None, datasets=loading.loadable())
    context = {"form": form, "refused": [], "aside": [], "loaded": None, "shown": SHOWN}
    if request.method == "POST" and form.is_valid():
        try:
            loaded = _load(request, form)
            context |= {"loaded": loaded, "aside": loaded.problems}
        except RefusedFileError as error:
            context["refused"] = error.problems
        except room.RebuildFailedError as error:
            messages.error(request, str(error))
    return render(request, "performance/load.html", {**context, "held": loading.held()},
                  status=422 if context["refused"] else 200)


def _load(request: HttpRequest, form: LoadForm) -> loading.Loaded:
    asked = form.cleaned_data
    id = slugify(asked["title"]).replace("-", "_")[:60] if asked["dataset"] == ANOTHER else asked["dataset"]
    dataset = loading.dataset_called(id, asked["release"], asked["title"], asked["released_on"], asked["next_due"])
    given = [file for file in (form.cleaned_data["file"], form.cleaned_data["second"]) if file]
    with TemporaryDirectory() as folder:
        paths = [_written(Path(folder), n, file) for n, file in enumerate(given)]
        return actions.load_published(by=request.user, dataset=dataset, paths=paths)


def _written(folder: Path, n: int, file: UploadedFile) -> Path:
    """The upload under its own name, in a folder of its own so that two of one name do not meet."""
    path = folder / str(n) / get_valid_filename(Path(file.name or "file").name)
    path.parent.mkdir()
    with path.open("wb") as out:
        out.writelines(file.chunks())
    return path


@require_POST
@require(Permission.LOAD_PUBLISHED_DATA)
def unload(request: HttpRequest, dataset: str) -> HttpResponse:
    """Go back to the packaged release."""
    try:
        actions.unload_published(by=request.user, dataset=dataset)
        messages.success(request, "The loaded release was taken away; the packaged figures count again.")
    except LookupError as error:
        messages.error(request, f"Nothing was changed: {error}.")
    except room.RebuildFailedError as error:
        messages.error(request, str(error))
    return redirect("performance:load")
