"""The rules of the 2019-20 return once more, slowly and plainly, from the facts and not from the rules' own files."""

import re
from datetime import date

NEET = ["540", "610", "615", "616", "619", "620", "630", "640", "650", "660", "670", "680"]
NOT_KNOWN = ["810", "820", "830"]
SCHOOL_AGE = ["110", "120", "130", "140", "150"]
EDUCATION = ["210", "220", "230", "240", "250", "260", "270", "280", "290"]
TRAINING = ["410", "430", "440", "450", "460"]
WORK = ["310", "320", "330", "340", "350", "360", "380", "381", "550"]
ACTIVITIES = SCHOOL_AGE + EDUCATION + TRAINING + WORK + NEET + NOT_KNOWN + ["530", "710"]
ETHNIC = [
    "WBRI", "WIRI", "WROM", "WOTH", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN",
    "ABAN", "CHNE", "AOTH", "BCRB", "BAFR", "BOTH", "OARA", "OOTH", "REFU", "NOBT",
]
CHARACTERISTICS = ["110", "120", "130", "140", "150", "160", "170", "180", "190", "200"]
YEAR_11_OFFERS = ["110", "120", "122", "123", "124", "140", "150", "151", "153", "154", "159"]
YEAR_12_OFFERS = [*YEAR_11_OFFERS, "114", "115"]
DESTINATIONS = ["111", "121", "211", "311", "321", "411", "511", "611"]
OUTSIDE = ["000", "001", "002", "003"]
_RUNS = ("201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 702 800-803 805-808 810-813 815 816 821-823 "
         "825 826 830 831 838-841 845 846 850-852 855-857 860 861 865-874 876-896 908 909 916 919 921 925 926 928 929 "
         "931 933 935-938")
AUTHORITIES = [
    str(number) for run in _RUNS.split() for number in range(int(run.split("-")[0]), int(run.split("-")[-1]) + 1)
]
_POSTCODES = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"]


def day(printed: str) -> date | None:
    """A day, or None."""
    if len(printed) != 10 or printed[4] != "-" or printed[7] != "-":
        return None
    try:
        return date(int(printed[:4]), int(printed[5:7]), int(printed[8:]))
    except ValueError:
        return None


def age_on(birth: date, on: date) -> int:
    """Whole years."""
    return on.year - birth.year - (1 if (on.month, on.day) < (birth.month, birth.day) else 0)


def last_31_august(on: date) -> date:
    """The one before the academic year of a day."""
    return date(on.year, 8, 31) if on.month >= 9 else date(on.year - 1, 8, 31)


def is_postcode(printed: str) -> bool:
    """One of the six shapes, with one space."""
    out, space, back = printed.partition(" ")
    shape = "".join("A" if "A" <= letter <= "Z" else "9" if "0" <= letter <= "9" else "?" for letter in out)
    return space == " " and shape in _POSTCODES and re.fullmatch("[0-9][A-Z][A-Z]", back) is not None


def before_birthday(on: date, birth: date, years: int) -> bool:
    """Whether somebody is younger on a day."""
    return age_on(birth, on) < years


def person_fails(r, end: date, own: list[str], database: str) -> set[int]:
    """Rules of who somebody is and where they belong."""
    fails = set()
    born = day(r.dob)
    age = age_on(born, last_31_august(end)) if born else None
    said = {1: len(r.young_persons_id) != 13, 2: r.given_name == "", 3: r.family_name == "", 4: r.gender == "",
            5: r.gender not in ("", "F", "M", "U", "W"), 6: r.ethnicity == "", 7: r.ethnicity not in ("", *ETHNIC),
            8: r.dob == "", 9: age is not None and age > 25 and r.cohort_status != "A", 10: age is not None and age < 15,
            11: r.cohort_status == "", 13: r.cohort_status == "T" and r.transferred_to == "", 14: r.lead_lea == "",
            15: r.lead_lea not in ("", *AUTHORITIES), 19: r.educated_lea not in ("", "004", *OUTSIDE, *AUTHORITIES),
            24: r.lea_at_year_11 not in ("", "004", *OUTSIDE, *AUTHORITIES),
            25: "" not in (r.lea_at_year_11, r.year_11_lea) and r.lea_at_year_11 != r.year_11_lea,
            26: r.lead_lea not in ("", *own), 27: r.year_11_status not in ("", *YEAR_11_OFFERS)
            or r.year_12_status not in ("", *YEAR_12_OFFERS),
            30: r.unique_learner_no != "" and not re.fullmatch("[1-9][0-9]{9}", r.unique_learner_no),
            31: not any([r.address_line_1, r.address_line_2, r.address_line_3, r.address_line_4, r.town, r.county]),
            32: r.postcode == "", 37: len(r.previous_id) not in (0, 13), 38: len(r.unique_pupil_number) not in (0, 13),
            39: r.provider != "" and not re.fullmatch("1[0-9]{7}", r.provider),
            40: age is not None and age >= 18 and r.send_flag != "Y" and r.cohort_status != "A",
            43: r.postcode != "" and not is_postcode(r.postcode),
            903: r.young_persons_id != "" and r.young_persons_id[:3] != database,
            904: r.cohort_status not in ("", *"PGATEMDL")}
    fails |= {rule for rule, is_so in said.items() if is_so}
    if r.transferred_to:
        if r.cohort_status != "T":
            fails.add(34)
        if (r.cohort_status == "T" and r.transferred_to not in AUTHORITIES) or (
                r.cohort_status == "E" and r.transferred_to not in OUTSIDE):
            fails.add(35)
        fails |= {41} if r.transferred_to == "004" else set()
        fails |= {42} if r.transferred_to == r.lead_lea else set()
    return fails


def need_fails(r, end: date) -> set[int]:
    """Rules of needs, characteristics, guarantee and destination."""
    born = day(r.dob)
    year = age_on(born, last_31_august(end)) - 4 if born else None
    said = {100: r.level_of_need == "", 102: r.send_flag not in ("", "Y", "N"), 103: r.send_flag == "",
            101: r.level_of_need != "" and not (r.level_of_need.isdigit() and int(r.level_of_need) in (1, 2, 3)),
            104: any(code not in CHARACTERISTICS for code in r.characteristics),
            233: r.activity_code == "620" and "140" not in r.characteristics,
            234: r.activity_code == "630" and "120" not in r.characteristics,
            235: r.activity_code == "650" and "180" not in r.characteristics,
            254: r.activity_code == "280" and r.send_flag not in ("", "Y"),
            255: r.activity_code == "460" and r.send_flag not in ("", "Y"),
            260: "180" in r.characteristics and r.gender == "M",
            261: r.year_11_lea not in ("", *AUTHORITIES) or r.year_12_lea not in ("", *AUTHORITIES),
            301: year == 11 and r.intended_destination == "", 302: r.intended_destination not in ("", *DESTINATIONS),
            303: r.sen_support_flag == "", 304: r.sen_support_flag not in ("", "Y", "N")}
    fails = {rule for rule, is_so in said.items() if is_so}
    if r.guarantee_indicator == "Y" or r.cohort_status == "G":
        due = {(True, 11): 11, (True, 12): 12, (False, 12): 11, (False, 13): 12}.get((4 <= end.month <= 8, year))
        if due == 11 and "" in (r.year_11_status, r.year_11_lea):
            fails.add(905)
        if due == 12 and "" in (r.year_12_status, r.year_12_lea):
            fails.add(906)
    return fails


def activity_fails(r, end: date) -> set[int]:
    """Rules of the activity and its days."""
    born, code = day(r.dob), r.activity_code
    year = age_on(born, last_31_august(end)) - 4 if born else None
    start, told, confirmed, review = (day(each) for each in (r.start_date, r.date_ascertained, r.date_verified, r.review_date))
    due, neet, ends = day(r.due_to_lapse_date), day(r.neet_start_date), day(r.predicted_end_date)
    said = {200: code == "", 201: code not in ("", *ACTIVITIES), 202: start is None, 203: told is None,
            220: r.currency_lapsed == "", 221: r.currency_lapsed not in ("", "Y", "N"), 224: code in NEET and neet is None,
            225: bool(neet and start and neet > start), 226: r.neet_start_date != "" and code not in ("", *NEET),
            228: r.establishment_number != "" and not (
                re.fullmatch("[0-9]{7}", r.establishment_number) and r.establishment_number[:3] in AUTHORITIES),
            229: year is not None and year < 12 and code not in ("", *SCHOOL_AGE),
            230: year is not None and year > 11 and code in SCHOOL_AGE,
            231: r.currency_lapsed == "Y" and due is not None and due > end,
            232: r.currency_lapsed == "N" and due is not None and due < end,
            237: bool(told and confirmed and told > confirmed), 238: bool(due and ends and due > ends),
            242: bool(told and start and told < start),
            243: r.due_to_lapse_date == "" and code in ACTIVITIES and code not in NEET + NOT_KNOWN,
            244: r.due_to_lapse_date != "" and due is None,
            251: bool(neet and born and before_birthday(neet, born, 15)),
            253: bool(code == "440" and start and born and before_birthday(start, born, 18)),
            256: bool(confirmed and start and confirmed < start), 257: bool(review and ends and review > ends),
            258: r.predicted_end_date != "" and ends is None,
            259: r.predicted_end_date == "" and code in SCHOOL_AGE + EDUCATION + TRAINING,
            262: review is None and code in ["260", "290", "350", "616", "710"], 305: bool(confirmed and confirmed > end)}
    return {rule for rule, is_so in said.items() if is_so}


def record_fails(r, end: date, own: list[str], database: str) -> set[int]:
    """The numbers of every rule that a record fails by itself."""
    return person_fails(r, end, own, database) | need_fails(r, end) | activity_fails(r, end)


def between_fails(records) -> list[tuple[int, str]]:
    """Each rule between records with each identifier that fails it, in order of rule and identifier."""
    fails = set()
    for one in records:
        counted = [r for r in records if r.young_persons_id == one.young_persons_id and r.cohort_status != "G"]
        if one.young_persons_id and len(counted) > 1:
            fails.add((902, one.young_persons_id))
        for other in records:
            if one.young_persons_id == other.young_persons_id:
                continue
            if one.unique_learner_no and one.unique_learner_no == other.unique_learner_no and "M" not in (
                    one.cohort_status, other.cohort_status):
                fails.add((907, one.young_persons_id))
            names = [(r.given_name, r.family_name, r.dob) for r in (one, other)]
            if names[0] == names[1] and all(names[0]):
                fails.add((908, one.young_persons_id))
    return sorted(fails)
