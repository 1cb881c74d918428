"""Plain pandas, as an analyst would write it: read the files, merge, rank within groups."""

import re
from datetime import date, timedelta

import numpy as np
import pandas as pd

from bench.given import Given

KEY = ["measure", "period_start", "period_end", "vintage"]
ENGLAND = "970"
MONTH = {"academic_year": 9, "financial_year": 4, "calendar_year": 1}
MARKS = {"rev": "revised", "prov": "provisional"}
SETTLED = {"final": 1, "revised": 2, "provisional": 3}


def build(given: Given, release: str) -> dict[str, pd.DataFrame]:
    """The four tables of figures, by name."""
    areas = pd.read_parquet(given.reference / "area.parquet")
    neighbours = pd.read_parquet(given.reference / "neighbour.parquet")
    wanted, traits, breaks = (pd.read_parquet(given.tables / f"{name}.parquet") for name in ("wanted", "trait", "break"))
    published = read_store(given, areas, release)
    figure = make_figures(published, wanted)
    headline = figure[figure["breakdown"] == ""]
    compared = compare(headline, areas, traits, sequence(headline, breaks))
    beside = compare_neighbours(headline, areas, traits, neighbours)
    return {"published_figure": published, "figure": figure, "comparison": compared, "neighbour_comparison": beside}


def read_store(given: Given, areas: pd.DataFrame, release: str) -> pd.DataFrame:
    """The store's rows with their periods and areas read, and what is missing marked as such."""
    columns = {"Short Desc": "indicator", "Years": "printed", "Values": "shown", "LA Number": "area"}
    store = pd.read_parquet(given.store, columns=list(columns)).rename(columns=columns)
    dictionary = pd.read_csv(given.dictionary, usecols=["Measure_short", "Year_Type"])
    dictionary = dictionary.rename(columns={"Measure_short": "indicator", "Year_Type": "year_type"}).drop_duplicates()
    dictionary["year_type"] = dictionary["year_type"].str.lower()
    store["area"] = store["area"].astype(int).astype(str).str.zfill(3)
    store["value"] = pd.to_numeric(store["shown"], errors="coerce").round(9)
    store = store[store["value"].notna() | (store["shown"].str.strip() == "-")]
    store = store[store["area"].isin(areas["area"])].merge(dictionary, on="indicator")
    store = store.merge(_periods(store[["printed", "year_type"]].drop_duplicates()), on=["printed", "year_type"])
    store["status"] = store["vintage"].where(store["value"].notna(), "not_available")
    store = store.assign(dataset="lait", breakdown="", group="", numerator=np.nan, denominator=np.nan, release=release)
    return store[["dataset", "indicator", "area", "period", "period_kind", "period_start", "period_end", "breakdown",
                  "group", "numerator", "denominator", "value", "status", "vintage", "release"]]


def _periods(spelled: pd.DataFrame) -> pd.DataFrame:
    """Each spelling of a period read once; those that are no period are left out."""
    names = ["period", "period_kind", "period_start", "period_end", "vintage"]
    read = [(*row, *_read_period(*row)) for row in spelled.itertuples(index=False) if re.match(r"\d{4}", row.printed)]
    return pd.DataFrame(read, columns=["printed", "year_type", *names]).astype(
        {"period_start": "datetime64[s]", "period_end": "datetime64[s]"}
    )


def _read_period(printed: str, year_type: str) -> tuple[str, str, date, date, str]:
    mark = re.search(r"\s*\((prov|rev|final|ot)\)\s*$", printed, re.IGNORECASE)
    label = (printed[: mark.start()] if mark else printed).strip()
    vintage = MARKS.get(mark.group(1).lower(), "final") if mark else "final"
    said = {"academic year": "academic_year", "financial year": "financial_year"}.get(year_type, "calendar_year")
    first = int(label[:4])
    if len(label) == 4:
        start = first - (said != "calendar_year")
        return label, said, *_bounds(said, start, start), vintage
    last = int(label[:2] + label[-2:])
    split = "/" in label[7:]
    if split or last == first + 1:
        kind = said if said == "financial_year" else "academic_year"
        return label, "span" if split else kind, *_bounds(kind, first, last - 1), vintage
    return label, "span", *_bounds("calendar_year", first, last), vintage


def _bounds(kind: str, first: int, last: int) -> tuple[date, date]:
    return date(first, MONTH[kind], 1), date(last + 1, MONTH[kind], 1) - timedelta(days=1)


def make_figures(published: pd.DataFrame, wanted: pd.DataFrame) -> pd.DataFrame:
    """The published rows that measures draw on, under the measures' names."""
    source = published.rename(columns={"breakdown": "source_breakdown", "group": "source_group"})
    figure = source.merge(wanted, on=["dataset", "indicator", "source_breakdown", "source_group"])
    return figure[["measure", *published.columns.drop(["dataset", "indicator"]), "dataset"]]


def sequence(headline: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """Each measure's periods: the preferred release, which is latest, and the period a year before."""
    seen = headline.groupby(KEY, as_index=False).agg(
        period=("period", "first"), period_kind=("period_kind", "first"), valued=("value", "count")
    )
    seen["valued"] = seen["valued"] > 0
    seen["settled"] = seen["vintage"].map(SETTLED)
    best = seen.sort_values(["valued", "settled"], ascending=[False, True])
    seen["preferred"] = seen.index.isin(best.drop_duplicates(KEY[:3]).index)
    usable = seen[seen["preferred"] & seen["valued"]].sort_values(["period_end", "period_start"])
    seen["newest"] = seen.index.isin(usable.drop_duplicates("measure", keep="last").index)
    firm = usable.assign(firm=usable["vintage"] != "provisional").sort_values("firm", kind="stable")
    seen["latest"] = seen.index.isin(firm.drop_duplicates("measure", keep="last").index)
    return seen.merge(_year_before(seen, breaks), on=KEY, how="left")


def _year_before(seen: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    before = seen.loc[seen["preferred"], [*KEY, "period", "period_kind"]].rename(
        columns={"period_start": "previous_start", "period_end": "previous_end", "vintage": "previous_vintage",
                 "period": "previous_period"}
    )
    pairs = seen[[*KEY, "period_kind"]].merge(before, on=["measure", "period_kind"])
    year = pd.DateOffset(years=1)
    follows = (pairs["previous_start"] + year == pairs["period_start"]) & (pairs["previous_end"] + year == pairs["period_end"])
    pairs = pairs[follows].drop(columns="period_kind")
    crossed = pairs.merge(breaks.astype({"starts": "datetime64[s]"}), on="measure")
    crossed = crossed[(crossed["previous_start"] < crossed["starts"]) & (crossed["starts"] <= crossed["period_start"])]
    broken = pairs.set_index(KEY).index.isin(crossed.set_index(KEY).index)
    return pairs[~broken]


def compare(headline: pd.DataFrame, areas: pd.DataFrame, traits: pd.DataFrame, issues: pd.DataFrame,
            earlier: pd.DataFrame | None = None) -> pd.DataFrame:
    """Each area's figure beside the others: change, region, England, rank, bands.

    earlier holds the figures that changes are reckoned from, when they are not in headline itself.
    """
    rows = _placed(headline, areas, traits, issues)
    rows = _with_change(rows, headline if earlier is None else earlier)
    rows = _with_region(rows, headline, issues)
    ranked = rank(headline, areas, traits)
    rows = rows.merge(_spread(ranked), on=KEY, how="left")
    rows = rows.merge(ranked[["area", "rank", "quintile", "places_per_point", *KEY]], on=["area", *KEY], how="left")
    rows["ranked"] = rows["ranked"].fillna(0)
    rows["quartile"] = _quartile(rows)
    return rows[[
        "measure", "area", "period", "period_kind", "period_start", "period_end", "vintage", "preferred", "latest",
        "newest", "dataset", "release", "value", "status", "previous_period", "change", "england", "region",
        "region_area", "rank", "ranked", "quartile", "quintile", "quartile_low", "quartile_middle", "quartile_high",
        "lowest", "highest", "places_per_point",
    ]]


def _placed(headline: pd.DataFrame, areas: pd.DataFrame, traits: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Figures with what is known of their period, their area and their measure."""
    issues = issues.drop(columns=["period", "period_kind", "valued", "settled"])
    rows = headline.merge(issues, on=KEY).merge(areas[["area", "kind", "region", "wider_region"]], on="area")
    return rows.merge(traits, on="measure")


def _with_change(rows: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    before = earlier[["area", "value", *KEY]].rename(columns={"period_start": "previous_start", "period_end": "previous_end",
                                    "vintage": "previous_vintage", "value": "before"})
    rows = rows.merge(before, on=["measure", "area", "previous_start", "previous_end", "previous_vintage"], how="left")
    rows["change"] = (rows["value"] - rows["before"]).round(9)
    return rows


def _with_region(rows: pd.DataFrame, headline: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """England's figure and the region's: Inner or Outer London's where it has a latest figure, else London's."""
    places = headline[["area", "value", *KEY]]
    england = places[places["area"] == ENGLAND].drop(columns="area").rename(columns={"value": "england"})
    latest = places[places["value"].notna()].merge(issues.loc[issues["latest"], KEY], on=KEY)
    latest = latest[["measure", "area"]].rename(columns={"area": "region"}).assign(has_latest=True)
    rows = rows.merge(england, on=KEY, how="left").merge(latest, on=["measure", "region"], how="left")
    rows["england"] = rows["england"].where(rows["compares_england"])
    use_narrow = rows["has_latest"].notna() | rows["wider_region"].isna()
    rows["region_area"] = rows["region"].where(use_narrow, rows["wider_region"])
    beside = places.rename(columns={"area": "region_area", "value": "region"})
    return rows.drop(columns="region").merge(beside, on=["region_area", *KEY], how="left")


def valued(headline: pd.DataFrame, areas: pd.DataFrame, traits: pd.DataFrame) -> pd.DataFrame:
    """The authorities that have a value, with how good it is."""
    rows = headline[headline["value"].notna()]
    rows = rows[rows["area"].isin(areas.loc[areas["kind"] == "authority", "area"])].merge(traits, on="measure")
    rows["good"] = rows["value"] * rows["sign"].replace(0, np.nan)
    return rows


def rank(headline: pd.DataFrame, areas: pd.DataFrame, traits: pd.DataFrame) -> pd.DataFrame:
    """Rank, quintile and what a point is worth, within each measure, period and release."""
    rows = valued(headline, areas, traits).sort_values([*KEY, "value", "area"]).reset_index(drop=True)
    group = rows.groupby(KEY)
    rows["rank"] = group["good"].rank(method="min", ascending=False)
    count, position = group["good"].transform("count"), group.cumcount()
    small, larger = count // 5, count % 5
    in_larger = position < larger * (small + 1)
    fifth = np.where(in_larger, position // (small + 1), larger + (position - larger * (small + 1)) // small.clip(1)) + 1
    rows["quintile"] = pd.Series(np.where(rows["sign"] < 0, fifth, 6 - fifth)).where(rows["good"].notna())
    points = rows["good"] / rows["point"]
    rows["places_per_point"] = points.groupby([rows[name] for name in KEY]).transform(_places)
    return rows


def _places(points: pd.Series) -> np.ndarray:
    """For each authority, how many others lie ahead by up to one point."""
    ordered = np.sort(points.to_numpy())
    within = np.searchsorted(ordered, points + 1 + 1e-9, side="right") - np.searchsorted(ordered, points + 1e-9, side="right")
    return np.where(points.isna(), np.nan, within)


def _spread(ranked: pd.DataFrame) -> pd.DataFrame:
    values = ranked.groupby(KEY)["value"]
    spread = values.agg(ranked="count", lowest="min", highest="max")
    for name, share in (("quartile_low", 0.25), ("quartile_middle", 0.5), ("quartile_high", 0.75)):
        spread[name] = values.quantile(share).round(9)
    return spread.reset_index()


def _quartile(rows: pd.DataFrame) -> pd.Series:
    edges = [rows["value"] <= rows[f"quartile_{edge}"] for edge in ("low", "middle", "high")]
    rising, falling = np.select(edges, list("DCB"), "A"), np.select(edges, list("ABC"), "D")
    bands = pd.Series(np.where(rows["sign"] < 0, falling, rising), index=rows.index)
    return bands.where(rows["rank"].notna() & rows["quartiles"])


def compare_neighbours(headline: pd.DataFrame, areas: pd.DataFrame, traits: pd.DataFrame,
                       neighbours: pd.DataFrame) -> pd.DataFrame:
    """Each authority beside its neighbours: their mean, and its rank among itself and them."""
    good = valued(headline, areas, traits)[["area", "value", "good", *KEY]]
    own = headline[["area", *KEY]].merge(good, on=["area", *KEY], how="left")
    theirs = good.rename(columns={"area": "neighbour", "value": "their_value", "good": "their_good"})
    beside = own.merge(neighbours[["model", "area", "neighbour"]], on="area")
    beside = beside.merge(theirs, on=["neighbour", *KEY], how="left")
    beside["better"] = beside["their_good"] > beside["good"]
    rows = beside.groupby(["area", *KEY, "model"], as_index=False).agg(
        neighbours_mean=("their_value", "mean"), better=("better", "sum"), others=("their_value", "count"),
        good=("good", "max"), value=("value", "max"),
    )
    rows["neighbours_mean"] = rows["neighbours_mean"].round(9)
    rows["neighbours_rank"] = (rows["better"] + 1).where(rows["good"].notna())
    rows["neighbours_ranked"] = rows["others"] + rows["value"].notna()
    return rows.drop(columns=["better", "others", "good", "value"])


def scorecard(tables: dict[str, pd.DataFrame], wanted: list[str], model: str) -> pd.DataFrame:
    """Every measure's latest figure of these authorities, all comparisons made from the figures."""
    figure, areas, traits = tables["figure"], tables["area"], tables["trait"]
    headline = figure[figure["breakdown"] == ""]
    issues = sequence(headline, tables["break"])
    latest = headline.merge(issues.loc[issues["latest"], KEY], on=KEY)
    neighbours = tables["neighbour"]
    neighbours = neighbours[(neighbours["model"] == model) & neighbours["area"].isin(wanted)]
    rows = compare(latest, areas, traits, issues, earlier=headline)
    rows = rows[rows["area"].isin(wanted)]
    rows = rows.merge(compare_neighbours(latest, areas, traits, neighbours), on=["area", *KEY], how="left")
    titles = tables["source"][["dataset", "title"]].rename(columns={"title": "source"})
    return rows.merge(titles, on="dataset", how="left")


def trends(tables: dict[str, pd.DataFrame], area: str) -> pd.DataFrame:
    """Every settled period of every measure for one authority, beside England and its region, and whether a line joins it."""
    figure, areas = tables["figure"], tables["area"]
    headline = figure[figure["breakdown"] == ""]
    issues = sequence(headline, tables["break"])
    own = headline[headline["area"] == area]
    rows = _with_region(_placed(own, areas, tables["trait"], issues), headline, issues)
    rows = rows[rows["preferred"] & (rows["latest"] | (rows["vintage"] != "provisional"))]
    rows = rows.sort_values(["measure", "period_end", "period_start"])
    before = rows.groupby("measure")[["period_kind", "period_start", "period_end"]].shift()
    year = pd.DateOffset(years=1)
    follows = (before["period_kind"] == rows["period_kind"]) & (before["period_start"] + year == rows["period_start"])
    rows["joins"] = follows & (before["period_end"] + year == rows["period_end"]) & rows["previous_start"].notna()
    columns = ["measure", "period", "period_kind", "period_start", "period_end", "value", "status", "england", "region"]
    return rows[[*columns, "joins"]]
