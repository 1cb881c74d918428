"""The same counts in Polars written by hand, lazily, with the same packing and one grouping before the rolling up."""

from datetime import date

import polars as pl
import pyarrow as pa

from bench.participation.made import ENDS, KNOWN, Made

FLAGS = {"110": 1, "120": 2, "130": 4, "140": 8, "150": 16, "160": 32, "170": 64, "180": 128, "190": 256, "200": 512,
         "210": 1024, "ehc_plan": 2048, "sen_support": 4096}
VULNERABLE = sum(worth for name, worth in FLAGS.items() if name.isdigit() and name not in ("120", "180"))
NEET = [540, 610, 615, 616, 619, 620, 630, 640, 650, 660, 670, 680]
TAKING_PART = [210, 220, 230, 240, 250, 270, 280, 290, 310, 320, 381, 410, 430, 450, 460, 550]
ETHNIC = {"white": ["WBRI", "WIRI", "WIRT", "WROM", "WOTH"], "mixed": ["MWBC", "MWBA", "MWAS", "MOTH"],
          "asian": ["AIND", "APKN", "ABAN", "CHNE", "AOTH"], "black": ["BCRB", "BAFR", "BBRI", "BOTH"], "other": ["OARA", "OOTH"]}
COUNTS = ("cohort", "neet", "not_known", "participating")
NEVER = 131071


def counted(made: Made) -> pa.Table:
    """Every month's counts, and the three months' together."""
    doing, being = _doing(made), _being(made)
    learner = pl.scan_parquet(made.table("learner")).select("learner", "born", "gender", "ethnic_group").filter(
        pl.col("born").is_between(date(2008, 9, 1), date(2010, 8, 31)))
    member = pl.scan_parquet(made.table("membership")).filter(pl.col("status") == "P")
    wide = (member.join(learner, on="learner").join(doing, on="learner", how="left").join(being, on="learner", how="left"))
    wide = wide.with_columns(age=pl.when(pl.col("born") < date(2009, 9, 1)).then(17).otherwise(16))
    grains = pl.concat([_month(wide, number, end) for number, end in enumerate(ENDS)]).collect()
    rolled = _rolled(grains)
    together = rolled.group_by("area", "breakdown", "group").agg(pl.col(COUNTS).sum()).with_columns(month=pl.lit("sum of three"))
    return pl.concat([rolled, together.select(rolled.columns)]).to_arrow()


def _doing(made: Made) -> pl.LazyFrame:
    code, start = pl.col("code").cast(pl.Int64), _day(pl.col("start"))
    confirmed = pl.coalesce("verified", "ascertained", "start")
    half_a_year = confirmed.dt.offset_by("6mo")
    year_end = pl.date(confirmed.dt.year() + (confirmed.dt.month() >= 9), 8, 31)
    lapses = (
        pl.when(code.is_in([110, 120, 130, 140, 150, 210, 220, 230, 240, 250, 270, 280])).then(year_end)
        .when(code.is_in([260, 290, 710, 720, 350])).then(pl.coalesce(pl.col("review").dt.offset_by("28d"), half_a_year))
        .when(code.is_in([310, 320])).then(confirmed.dt.offset_by("12mo"))
        .when(code.is_in([330, 340, 360, 380, 381, 550])).then(half_a_year)
        .when(code.is_in([410, 430, 440, 450, 460])).then(pl.coalesce("predicted_end", half_a_year))
        .when(code == 530).then(confirmed.dt.offset_by("3mo"))
    )
    last = pl.when(lapses.is_null()).then(NEVER).otherwise(_day(pl.min_horizontal(lapses, "predicted_end")))
    packed = start * 2**44 + _day(confirmed) * 2**27 + code * 2**17 + last
    believed = (pl.col("known_from") <= KNOWN) & (pl.col("known_to").is_null() | (pl.col("known_to") > KNOWN))
    rows = pl.scan_parquet(made.table("activity")).filter(believed).select("learner", "start", packed=packed)
    return rows.group_by("learner").agg(*(
        pl.when(pl.col("start") <= end).then(pl.col("packed")).max().alias(f"a{number}") for number, end in enumerate(ENDS)))


def _being(made: Made) -> pl.LazyFrame:
    worth = pl.col("trait").replace_strict(FLAGS, return_dtype=pl.Int64)
    return pl.scan_parquet(made.table("trait")).with_columns(worth=worth).group_by("learner").agg(*(
        pl.when(_covers(end)).then(pl.col("worth")).otherwise(0).sum().alias(f"t{number}") for number, end in enumerate(ENDS)))


def _covers(end: date) -> pl.Expr:
    return (pl.col("starts") <= end) & (pl.col("ends").is_null() | (pl.col("ends") >= end))


def _day(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.Int32).cast(pl.Int64) + 25567


def _month(wide: pl.LazyFrame, number: int, end: date) -> pl.LazyFrame:
    packed = pl.col(f"a{number}")
    code = (packed // 2**17) % 1024
    past = (packed % 2**17) < (end - date(1900, 1, 1)).days
    counts_as = pl.when(packed.is_null() | (past & ~code.is_in([110, 120, 130, 140, 150, 710, 720]))).then(810).otherwise(code)
    rows = wide.filter(_covers(end)).select(
        "area", "age", "gender", "ethnic_group", traits=pl.col(f"t{number}").fill_null(0), code=counts_as)
    held = pl.col("code")
    return rows.filter(~held.is_in([710, 720])).group_by("area", "age", "gender", "ethnic_group", "traits").agg(
        cohort=pl.len().cast(pl.Int64), neet=held.is_in(NEET).sum().cast(pl.Int64),
        not_known=held.is_in([810, 820, 830]).sum().cast(pl.Int64), participating=held.is_in(TAKING_PART).sum().cast(pl.Int64),
    ).with_columns(month=pl.lit(str(end)))


def _rolled(grains: pl.DataFrame) -> pl.DataFrame:
    ethnic = {code: group for group, codes in ETHNIC.items() for code in codes}
    traits = pl.col("traits")
    groups = {
        "": pl.lit(""),
        "academic_age": pl.col("age").cast(pl.String),
        "sex": pl.col("gender").replace_strict({"F": "female", "M": "male"}, default="not_known"),
        "ethnic_group": pl.col("ethnic_group").replace_strict(ethnic, default="not_known"),
        "send": pl.when((traits & 2048) > 0).then(pl.lit("ehc_plan")).when((traits & 4096) > 0).then(pl.lit("sen_support"))
                  .otherwise(pl.lit("none")),
    }
    parts = [_part(grains, name, group) for name, group in groups.items()]
    flags = {"any": VULNERABLE} | {name: worth for name, worth in FLAGS.items() if name.isdigit()}
    held = {group: (traits & mask) > 0 for group, mask in flags.items()}
    held["young_mother"] = (pl.col("gender") == "F") & ((traits & (FLAGS["120"] + FLAGS["190"])) > 0)
    parts += [_part(grains.filter(where), "vulnerable_group", pl.lit(group)) for group, where in held.items()]
    return pl.concat(parts)


def _part(rows: pl.DataFrame, breakdown: str, group: pl.Expr) -> pl.DataFrame:
    return rows.group_by("month", "area", pl.lit(breakdown).alias("breakdown"), group.alias("group")).agg(pl.col(COUNTS).sum())
