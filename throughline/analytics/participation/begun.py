"""From which day on an activity can have begun, and we can have spoken to somebody, by how old they are."""

from datetime import date

from throughline.core.ages import birthday

_FROM, _AT_SCHOOL_FROM = 14, 10  # years of age: the register is of those from 14 on; a secondary school may know somebody before


def too_early(born: date, on: date, *, at_school: bool = False) -> str:
    """What is said of a day on which somebody was too young for anything that is tracked; empty where they were old enough.

    at_school says that it is of an activity of compulsory school age, which begins with secondary school.
    """
    age = _AT_SCHOOL_FROM if at_school else _FROM
    turned = birthday(born, age)
    return f"They turned {age} on {turned:%-d %B %Y}. Enter that or a later day" if on < turned else ""
