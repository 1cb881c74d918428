"""The plan of the invented authority of Marlshire as a file, with something for every doubt that reading can have."""

from throughline.apps.plans.models import Reading

AREA = "358"  # whom the standing cast works for
NAME = "Marlshire's plan.md"
DOCUMENT = """# Marlshire participation plan

Marlshire County Council

2026 to 2029

Glossary

HOI: Head of Inclusion

## Priority 1: Know where every young person is

Accountable lead: Head of Inclusion (HOI)

| No | Action | Who | When | Milestones | Successful if |
|---|---|---|---|---|---|
| 1.1 | Agree who tells whom when a learner leaves early (see 9.9) | HOI / QQZ | By 30 September 2026 | Protocol signed by July 2026 | Nobody is lost |
| 1.2 | Ring every family | HOI | Summer term or later | | |
| 1.3 | Write the year's report and | HOI | Termly | | |

## Priority 2: Routes for everybody

| No | Action | Who | When | Milestones | Successful if |
|---|---|---|---|---|---|
| 2.1 | Publish one prospectus | HOI | March 2027 | | |
| | d u • Ir p | | | | |

## Measures

| Measure | Baseline | Target |
|---|---|---|
| NEET at 16 and 17 | 6.1% | 5.5% or less by September 2028 |
| Confidence of families | to be determined | much better |
"""  # noqa: E501 (a row of a table is a line)


def read_marlshire(by, **given) -> Reading:
    """The file, read and kept."""
    from throughline.apps.plans.actions.reading import read_in

    reading, _ = read_in(by=by, area=AREA, name=NAME, content=DOCUMENT.encode(), **given)
    return reading


def fresh(reading: Reading) -> Reading:
    """The reading as the database has it now."""
    return Reading.objects.get(pk=reading.pk)
