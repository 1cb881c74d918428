"""The routes of the code lists room, and those of rooms above by which a code or a rule is said otherwise or a code goes."""

from tests.house.route import route
from throughline.apps.accounts.permissions import Permission as P

_list = {"name": "activity"}
_code = {**_list, "code": "250"}
_line = {**_code, "line": "always"}
_AMENDED = {"label": "Part-time education", "family": "education", "group": "participating",
            "participation_type": "part_time_education", "duty_class": "participating", "confidence": "high",
            "source": "The requirement of 2026-27", "when": "always", "reason": "Read there", "confirm": "1"}
_ADDED = {"code": "465", "label": "Pilot programme", "family": "training", "group": "participating",
          "participation_type": "work_based_learning", "duty_class": "participating", "sensitive": "no",
          "valid_from": "2027-09-01", "confidence": "high", "source": "The requirement of 2027-28", "reason": "Read there",
          "confirm": "1"}
_edition = {"file": "currency", "edition": "2015-04-01"}
_OTHERWISE = {"value": "9", "confidence": "high", "source": "The requirement of 2026-27", "when": "always",
              "reason": "Read there", "confirm": "1"}
_number = {**_edition, "path": "rule.530.months"}

CODELISTS = {
    "codelists:lists": route(P.SEE_PUBLISHED_FIGURES, of="code list"),
    "codelists:list": route(P.SEE_PUBLISHED_FIGURES, args=_list, of="code list"),
    "codelists:download": route(P.SEE_PUBLISHED_FIGURES, P.DOWNLOAD_FIGURES, args={**_list, "kind": "csv"}, of="code list"),
    "codelists:code": route(P.EDIT_CODE_LISTS, args=_code, of="code"),
    "learners:amend_code": route(P.EDIT_CODE_LISTS, args=_line, of="code", posts=_AMENDED),
    "codelists:withdraw": route(P.EDIT_CODE_LISTS, args=_line, gets=False, posts={}),
    "codelists:add": route(P.EDIT_CODE_LISTS, args=_list, of="code list", posts=_ADDED),
    "exchange:take_code_away": route(P.EDIT_CODE_LISTS, args=_code, gets=False, posts={}),
    "codelists:rules": route(P.SEE_PUBLISHED_FIGURES, of="rule"),
    "codelists:rule_edition": route(P.SEE_PUBLISHED_FIGURES, args=_edition, of="rule"),
    "codelists:rule_download": route(P.SEE_PUBLISHED_FIGURES, P.DOWNLOAD_FIGURES, args={**_edition, "kind": "csv"}, of="rule"),
    "learners:amend_rule": route(P.EDIT_CODE_LISTS, args=_number, of="rule", posts=_OTHERWISE),
    "codelists:rule_withdraw": route(P.EDIT_CODE_LISTS, args=_number, gets=False, posts={}),
}
