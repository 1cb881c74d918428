"""The same counts in plain pandas, month by month, as an analyst would write them."""

from datetime import date

import pandas as pd
import pyarrow as pa

from bench.participation.made import ENDS, KNOWN, Made
from bench.participation.with_polars import COUNTS, ETHNIC, FLAGS, NEET, TAKING_PART

_VULNERABLE = [name for name in FLAGS if name.isdigit() and name not in ("120", "180")]
_YEAR_END = [110, 120, 130, 140, 150, 210, 220, 230, 240, 250, 270, 280]


def counted(made: Made) -> pa.Table:
    """Every month's counts, and the three months' together."""
    tables = {name: pd.read_parquet(made.table(name)) for name in ("learner", "membership", "trait", "activity")}
    activities = _dated(tables["activity"])
    months = pd.concat([_month(tables, activities, end) for end in ENDS])
    together = months.groupby(["area", "breakdown", "group"], as_index=False)[list(COUNTS)].sum().assign(month="sum of three")
    return pa.Table.from_pandas(pd.concat([months, together]), preserve_index=False)


def _dated(activity: pd.DataFrame) -> pd.DataFrame:
    known = pd.Timestamp(KNOWN)
    rows = activity[(activity.known_from <= known) & (activity.known_to.isna() | (activity.known_to > known))].copy()
    for name in ("start", "ascertained", "verified", "review", "predicted_end"):
        rows[name] = pd.to_datetime(rows[name])
    rows["code"] = rows.code.astype(int)
    rows["confirmed"] = rows.verified.fillna(rows.ascertained).fillna(rows.start)
    rows["lapses"] = pd.NaT
    year = rows.confirmed.dt.year + (rows.confirmed.dt.month >= 9)
    year_end = pd.to_datetime(pd.DataFrame({"year": year, "month": 8, "day": 31}))
    half_a_year = rows.confirmed + pd.DateOffset(months=6)
    rules = [(_YEAR_END, year_end), ([260, 290, 710, 720, 350], (rows.review + pd.Timedelta(days=28)).fillna(half_a_year)),
             ([410, 430, 440, 450, 460], rows.predicted_end.fillna(half_a_year))]
    rows["lapses"] = rows.lapses.astype("datetime64[us]")
    for codes, day in rules:
        rows["lapses"] = rows.lapses.where(~rows.code.isin(codes), day)
    for codes, months in (([310, 320], 12), ([330, 340, 360, 380, 381, 550], 6), ([530], 3)):
        held = rows.code.isin(codes)
        rows.loc[held, "lapses"] = rows.confirmed[held] + pd.DateOffset(months=months)
    ends_first = rows.lapses.notna() & (rows.predicted_end < rows.lapses)
    rows["lapses"] = rows.lapses.where(~ends_first, rows.predicted_end)
    return rows.sort_values(["start", "confirmed", "code"])


def _month(tables: dict[str, pd.DataFrame], activities: pd.DataFrame, end: date) -> pd.DataFrame:
    day = pd.Timestamp(end)
    member, trait = (_covering(tables[name], day) for name in ("membership", "trait"))
    people = member[member.status == "P"].merge(tables["learner"], on="learner")
    born = pd.to_datetime(people.born)
    people["academic_age"] = day.year - (day.month < 9) - born.dt.year - (born.dt.month >= 9)
    people = people[people.academic_age.isin([16, 17])]
    current = activities[activities.start <= day].drop_duplicates("learner", keep="last")[["learner", "code", "lapses"]]
    people = people.merge(current, on="learner", how="left")
    lapsed = (people.lapses < day) & ~people.code.isin([110, 120, 130, 140, 150, 710, 720])
    people["code"] = people.code.where(~lapsed, 810).fillna(810)
    people = people[~people.code.isin([710, 720])].copy()
    for name in FLAGS:
        people[name] = people.learner.isin(trait.learner[trait.trait == name])
    people["cohort"], people["neet"] = True, people.code.isin(NEET)
    people["not_known"], people["participating"] = people.code.isin([810, 820, 830]), people.code.isin(TAKING_PART)
    return _by_group(people).assign(month=str(end))


def _covering(spans: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    starts, ends = pd.to_datetime(spans.starts), pd.to_datetime(spans.ends)
    return spans[(starts <= day) & (ends.isna() | (ends >= day))]


def _by_group(people: pd.DataFrame) -> pd.DataFrame:
    ethnic = {code: group for group, codes in ETHNIC.items() for code in codes}
    people["sex"] = people.gender.map({"F": "female", "M": "male"}).fillna("not_known")
    people["ethnic_group"] = people.ethnic_group.map(ethnic).fillna("not_known")
    people["send"] = "none"
    people.loc[people.sen_support, "send"] = "sen_support"
    people.loc[people.ehc_plan, "send"] = "ehc_plan"
    people["any"] = people[_VULNERABLE].any(axis=1)
    people["young_mother"] = (people.sex == "female") & (people["120"] | people["190"])
    parts = [_part(people, "", people.area.map(lambda _: ""))]
    parts += [_part(people, name, people[name].astype(str)) for name in ("academic_age", "sex", "ethnic_group", "send")]
    for name in ("any", "young_mother", *(name for name in FLAGS if name.isdigit())):
        held = people[people[name]]
        parts.append(_part(held, "vulnerable_group", pd.Series(name, index=held.index)))
    return pd.concat(parts)


def _part(people: pd.DataFrame, breakdown: str, group: pd.Series) -> pd.DataFrame:
    counts = people.assign(group=group).groupby(["area", "group"], as_index=False)[list(COUNTS)].sum()
    return counts.assign(breakdown=breakdown)
