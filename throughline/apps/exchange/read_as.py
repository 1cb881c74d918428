"""How the words of a list for what somebody does were read, so that a wrong reading is seen before the list is accepted."""

from collections import Counter
from typing import NamedTuple

from throughline.analytics.learnerlists.taught import spelt
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.readers import Reader
from throughline.apps.learners.doing import told_code


class ReadAs(NamedTuple):
    """Words as the list first has them, the activity that they were read as, and in how many rows."""

    words: str
    activity: str
    rows: int


def words_read(delivery: Delivery, reader: Reader) -> list[ReadAs]:
    """How each of a list's words for activities was read, the commonest first; nothing of a return, nor of codes, nor of what is
    guarded or of records that are shut to the reader.
    """
    if delivery.is_return:
        return []
    rows = delivery.rows.exclude(learner__in=reader.shut).order_by("line", "id")
    words: dict[tuple[str, str], str] = {}
    found: Counter[tuple[str, str]] = Counter()
    for values in rows.values_list("values", flat=True).iterator():
        doing = values.get("doing", {})
        written, code = doing.get("written", ""), doing.get("code", "")
        if code and written and written != code:
            key = spelt(written), code
            words.setdefault(key, written)
            found[key] += 1
    told = {code: told_code(code, delivery.as_at, reader.sensitive) for _, code in found}
    return [ReadAs(words[key], f"{told[key[1]][1]} ({key[1]})", many)
            for key, many in sorted(found.items(), key=lambda each: (-each[1], each[0])) if told[key[1]][0]]
