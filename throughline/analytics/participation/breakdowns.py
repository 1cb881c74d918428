"""What counts of young people are parted by: the names alone, so that reading a measure's file needs no engine."""

EVERYONE = ""
VULNERABLE, ANY_VULNERABLE, YOUNG_MOTHER = "vulnerable_group", "any", "young_mother"
NOT_KNOWN = "not_known"  # the group of whoever is of no other that is known, such as of a district
PLACES = ("district", "school_at_16", "provider")
SINGLE = ("academic_age", "sex", "ethnic_group", "send", *PLACES)
BREAKDOWNS = (*SINGLE, VULNERABLE)
KINDS = ("participation_type", "duty_class")  # part those counted by what they do; their groups have no size of their own
