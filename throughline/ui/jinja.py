"""The Jinja environment of every page: GOV.UK components, our filters, and names that must exist."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined

from throughline.ui import fields, figures, formats
from throughline.ui.markdown import markdown
from throughline.ui.sparkline import sparkline


class UnknownName(Undefined):
    """A misspelt name or attribute is an error; an absent key of a mapping is empty, as GOV.UK's components rely on."""

    def _misspelt(self) -> bool:
        # A hint means Jinja itself left it empty: an "if" without "else", or no caller.
        return self._undefined_hint is None and not isinstance(self._undefined_obj, dict)

    def __str__(self) -> str:
        return self._fail_with_undefined_error() if self._misspelt() else ""

    def __bool__(self) -> bool:
        return bool(self._fail_with_undefined_error()) if self._misspelt() else False

    def __iter__(self) -> Any:
        return self._fail_with_undefined_error() if self._misspelt() else iter(())


def url(name: str, *args: Any, query: dict[str, Any] | None = None, **kwargs: Any) -> str:
    """The address of a named page; query becomes its query string."""
    return reverse(name, args=args, kwargs=kwargs, query=query)


def environment(**options: Any) -> Environment:
    """The environment Django asks for by name in the settings."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], govuk])
    made = Environment(**{**options, "undefined": UnknownName, "trim_blocks": True, "lstrip_blocks": True})
    # GOV.UK's components were written for Nunjucks and say "undefined" and "null" where they mean nothing.
    nothing = UnknownName(hint="nothing was given")
    made.globals.update(undefined=nothing, null=nothing)
    made.globals.update(static=static, url=url, now=timezone.localtime)
    made.filters.update(formats.FILTERS | figures.FILTERS)
    made.filters.update(sparkline=sparkline, markdown=markdown, component=fields.component, parts=fields.parts,
                        error_list=fields.error_list, wanted_at=fields.wanted_at)
    return made
