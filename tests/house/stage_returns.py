"""A month that was closed, on the stage."""

import gzip
import hashlib
from datetime import date

from django.utils import timezone

from tests.house.stage import AREA, GONE, MARK, NEXT, ONE, OVER
from throughline.apps.returns.models import MonthClose

_RETURN = f"<NCCIS>{MARK}</NCCIS>\n".encode()
# Of learner OVER, whose record is restricted.
_GUARDED = (f"<NCCIS><YoungPersonsRecord><YoungPersonsID>{AREA}0000000003</YoungPersonsID><Town>{MARK}</Town>"
            "</YoungPersonsRecord></NCCIS>\n").encode()
_COUNTS = {
    "cohort": 100, "neet": 3, "not_known": 2, "participating": 90, "other": 5, "neet_percent": 3.0, "not_known_percent": 2.0,
    "neet_or_not_known_percent": 5.0, "participation_percent": 90.0, "neet_at_least_percent": 3.0, "neet_at_most_percent": 5.0,
    "neet_estimate_percent": 3.1,
}


def set_returns() -> None:
    """One closed month of AREA, with an error and a move, one whose return holds a restricted record that a second version
    is without, and one of long ago.
    """
    MonthClose.objects.create(
        pk=ONE, area=AREA, month_end=date(2026, 8, 31), layout="2019-20", rules="2026-27", known=timezone.now(), records=1,
        content=gzip.compress(_RETURN), digest=hashlib.sha256(_RETURN).hexdigest(),
        figures={"now": _COUNTS, "before": {**_COUNTS, "neet": 2, "neet_percent": 2.0}, "caution": "",
                 "could_fall": {"data_officer": 1.0}},
        errors=[{"rule": 1, "priority": 1, "who": "data_officer", "number": "0000000001", "field": "YoungPersonsID", "value": "1",
                 "message": f"{MARK}: the identifier must have 13 digits."}],
        moved=[{"number": "0000000002", "change": 1, "reason": "joined"}], leavers=["0000000003"], reason=MARK,
    )
    MonthClose.objects.create(
        pk=OVER, area=AREA, month_end=date(2017, 8, 31), layout="2019-20", rules="2019-20", known=timezone.now(), records=1,
        content=gzip.compress(_RETURN), digest=hashlib.sha256(_RETURN).hexdigest(),
        figures={"now": _COUNTS, "before": _COUNTS, "caution": "", "could_fall": {}})
    july = {"area": AREA, "month_end": date(2026, 7, 31), "layout": "2019-20", "rules": "2026-27", "known": timezone.now(),
            "figures": {"now": _COUNTS, "before": _COUNTS, "caution": "", "could_fall": {}}}
    for key, version, content in ((NEXT, 1, _GUARDED), (GONE, 2, _RETURN)):
        MonthClose.objects.create(pk=key, version=version, records=1, content=gzip.compress(content), reason=MARK,
                                  digest=hashlib.sha256(content).hexdigest(), **july)
