"""Puts the breakdowns of register figures and their groups into the field's words; places are named by whoever knows them."""

from datetime import date

from throughline.analytics.participation.breakdowns import ANY_VULNERABLE, VULNERABLE, YOUNG_MOTHER
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.tables import EHC_PLAN, NO_SUPPORT, SEN_SUPPORT

DUTY = "duty_class"
BREAKDOWN_NAMES = {
    "academic_age": "Academic age", "sex": "Sex", "ethnic_group": "Ethnic group", "send": "Special educational needs",
    VULNERABLE: "Vulnerable group", "participation_type": "How they take part", DUTY: "Under the duty to take part",
    "district": "District", "school_at_16": "School in year 11", "provider": "School, college or provider",
}
_GROUPS = {
    ("send", EHC_PLAN): "Education, health and care plan", ("send", SEN_SUPPORT): "SEN support",
    ("send", NO_SUPPORT): "No special educational needs", (VULNERABLE, ANY_VULNERABLE): "Any vulnerable group",
    (VULNERABLE, YOUNG_MOTHER): "Young mothers",
    ("participation_type", "full_time_education"): "Full-time education",
    ("participation_type", "part_time_education"): "Part-time education",
    ("participation_type", "work_based_learning"): "Work-based learning",
    (DUTY, "participating"): "Taking part", (DUTY, "working_towards"): "Working towards taking part",
    (DUTY, "temporary_break"): "Temporary break from learning", (DUTY, "not_participating"): "Not taking part",
    (DUTY, "not_known"): "Current situation not known",
}
DUTY_CLASSES = [group for breakdown, group in _GROUPS if breakdown == DUTY]  # from taking part on, as they are printed


def group_name(rules: Rules, breakdown: str, group: str, on: date) -> str:
    """What a group is called on a day: "Looked after" for 110 of vulnerable groups, "Age 16" for 16; a place keeps its code."""
    if said := _GROUPS.get((breakdown, group)):
        return said
    if breakdown == VULNERABLE:
        return rules.lists["characteristic"].label(group, on)
    if breakdown == "academic_age":
        return f"Age {group}"
    return group.replace("_", " ").capitalize()
