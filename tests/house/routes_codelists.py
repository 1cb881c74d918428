"""The routes of the code lists room."""

from tests.house.route import route
from throughline.apps.accounts.permissions import Permission as P

_list = {"name": "activity"}
_code = {**_list, "code": "250"}
_AMENDED = {"label": "Part-time education", "family": "education", "group": "participating",
            "participation_type": "part_time_education", "duty_class": "participating", "confidence": "high",
            "source": "The requirement of 2026-27", "reason": "Read there"}

CODELISTS = {
    "codelists:lists": route(P.SEE_PUBLISHED_FIGURES, of="code list"),
    "codelists:list": route(P.SEE_PUBLISHED_FIGURES, args=_list, of="code list"),
    "codelists:download": route(P.SEE_PUBLISHED_FIGURES, P.DOWNLOAD_FIGURES, args={**_list, "kind": "csv"}, of="code list"),
    "codelists:amend": route(P.EDIT_CODE_LISTS, args=_code, of="code", posts=_AMENDED),
    "codelists:withdraw": route(P.EDIT_CODE_LISTS, args=_code, gets=False, posts={}),
}
