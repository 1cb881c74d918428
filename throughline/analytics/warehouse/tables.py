"""Every table of the warehouse, declared once: its columns, their types and what they hold."""

from dataclasses import dataclass

import pyarrow as pa

_ARROW = {
    "text": pa.string(),
    "number": pa.float64(),
    "integer": pa.int32(),
    "date": pa.date32(),
    "moment": pa.timestamp("us", "UTC"),
    "flag": pa.bool_(),
}


@dataclass(frozen=True)
class Column:
    """One column: its name, its type (text, number, integer, date, moment or flag) and what it holds."""

    name: str
    kind: str
    holds: str
    required: bool = True


@dataclass(frozen=True)
class Table:
    """One table of the warehouse; key names the columns that together identify a row."""

    name: str
    holds: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def arrow_schema(self) -> pa.Schema:
        """The table's columns and types, as every loader must hand them over."""
        return pa.schema([pa.field(c.name, _ARROW[c.kind], nullable=not c.required) for c in self.columns])

    def empty(self) -> pa.Table:
        """The table with no rows."""
        return self.arrow_schema.empty_table()

    def from_rows(self, rows: list[dict]) -> pa.Table:
        """An Arrow table of plain rows, columns in declared order; absent columns are null."""
        return pa.table(
            {c.name: pa.array([row.get(c.name) for row in rows], _ARROW[c.kind]) for c in self.columns},
            schema=self.arrow_schema,
        )


AREA = Table(
    "area",
    "Every authority, region and country, those since abolished included.",
    (
        Column("area", "text", "the department's three-digit code; 970 and above are regions and England"),
        Column("code9", "text", "current nine-character code of the Office for National Statistics", required=False),
        Column("name", "text", "name as printed"),
        Column("kind", "text", "authority, region or country"),
        Column("region", "text", "three-digit code of its region; of Inner or Outer London for a London borough",
               required=False),
        Column("wider_region", "text", "region used when the first has no figure: London for a London borough",
               required=False),
        Column("abolished_on", "date", "day the authority ceased to exist", required=False),
        Column("successors", "text", "three-digit codes of the authorities that followed, separated by spaces",
               required=False),
    ),
    key=("area",),
)

AREA_CODE = Table(
    "area_code",
    "Every code an area has had, so that an old file still finds its area.",
    (
        Column("code", "text", "three-digit or nine-character code"),
        Column("area", "text", "three-digit code of the area"),
    ),
    key=("code",),
)

DISTRICT = Table(
    "district",
    "Lower-tier districts, the authority each lies in, and what became of those abolished.",
    (
        Column("district", "text", "nine-character code"),
        Column("name", "text", "name as printed"),
        Column("active_district", "text", "code of the district that holds its territory now"),
        Column("area", "text", "three-digit code of the upper-tier authority", required=False),
        Column("current", "flag", "whether the district still exists"),
    ),
    key=("district",),
)

NEIGHBOUR = Table(
    "neighbour",
    "Statistical neighbours: ten authorities most like each, by model.",
    (
        Column("model", "text", "2021 or 2025"),
        Column("area", "text", "three-digit code"),
        Column("position", "integer", "1 is the closest"),
        Column("neighbour", "text", "three-digit code of the neighbour"),
        Column("closeness", "text", "extremely close, very close, close, somewhat close or not close"),
    ),
    key=("model", "area", "position"),
)

SCHOOL = Table(
    "school",
    "Schools and colleges of English authorities, open and closed, as the public register has them.",
    (
        Column("urn", "text", "unique reference number, six digits"),
        Column("laestab", "text", "code of the authority and number within it, seven digits", required=False),
        Column("ukprn", "text", "UK provider reference number, eight digits", required=False),
        Column("name", "text", "name as printed"),
        Column("area", "text", "three-digit code of the authority it lies in"),
        Column("phase", "text", "nursery, primary, secondary, primary and secondary, or 16 plus", required=False),
        Column("type", "text", "type of establishment as printed", required=False),
        Column("status", "text", "“open”, “closed”, “open, proposed to close” or “proposed to open”"),
        Column("opened_on", "date", "day it opened, where the register says", required=False),
        Column("closed_on", "date", "day it closed, where the register says", required=False),
        Column("low_age", "integer", "lowest age in years", required=False),
        Column("high_age", "integer", "highest age in years; 99 where there is no limit", required=False),
        Column("postcode", "text", "postcode", required=False),
    ),
    key=("urn",),
)

SOURCE = Table(
    "source",
    "What each data set is, which release of it is held and when the next is due.",
    (
        Column("dataset", "text", "id of the data set: its file name in definitions/datasets"),
        Column("title", "text", "title in words"),
        Column("publisher", "text", "who publishes it"),
        Column("release", "text", "the release held"),
        Column("released_on", "date", "day of that release", required=False),
        Column("next_due", "date", "day the next is due", required=False),
        Column("url", "text", "where it is published", required=False),
        Column("licence", "text", "the licence it is used under"),
        Column("rows", "integer", "rows held"),
    ),
    key=("dataset",),
)

INDICATOR = Table(
    "indicator",
    "What the publisher says of each of its indicators: facts, never its sentences.",
    (
        Column("dataset", "text", "id of the data set"),
        Column("indicator", "text", "the publisher's own name for it"),
        Column("title", "text", "the publisher's short title"),
        Column("polarity", "text", "higher_is_better, lower_is_better or none"),
        Column("decimals", "integer", "decimal places the publisher prints"),
        Column("year_type", "text", "what a bare year means"),
        Column("updated_on", "date", "day the publisher last updated it", required=False),
        Column("next_due", "date", "day the publisher's next update is due", required=False),
        Column("discontinued", "flag", "whether the publisher has stopped it"),
        Column("no_quartiles", "flag", "whether its range is too small for quartile bands"),
    ),
    key=("dataset", "indicator"),
)

PUBLISHED_FIGURE = Table(
    "published_figure",
    "Figures as their publishers printed them: one row a data set, indicator, area, period, group and release status.",
    (
        Column("dataset", "text", "id of the data set"),
        Column("indicator", "text", "the publisher's own name for it"),
        Column("area", "text", "three-digit code"),
        Column("period", "text", "label as printed, without its release mark"),
        Column("period_kind", "text", "academic_year, financial_year, calendar_year, span, term or shorter"),
        Column("period_start", "date", "first day"),
        Column("period_end", "date", "last day"),
        Column("breakdown", "text", "what the groups are by; empty for everyone"),
        Column("group", "text", "the group; empty for everyone"),
        Column("numerator", "number", "people or things counted", required=False),
        Column("denominator", "number", "people or things counted among", required=False),
        Column("value", "number", "the figure; empty whenever status says there is none", required=False),
        Column("status", "text", "final, revised or provisional with a value; otherwise why there is none"),
        Column("vintage", "text", "final, revised or provisional: how settled the release is that printed it"),
        Column("release", "text", "the release it was printed in"),
    ),
    key=("dataset", "indicator", "area", "period_start", "period_end", "breakdown", "group", "vintage"),
)

FIGURE = Table(
    "figure",
    "Figures by measure: published, entered and counted alike, after disclosure control. The only way out for a number.",
    (
        Column("measure", "text", "id of the measure: its file name in definitions/measures"),
        *PUBLISHED_FIGURE.columns[2:],
        Column("dataset", "text", "id of the data set, “entered” or “register”"),
    ),
    key=("measure", "area", "period_start", "period_end", "breakdown", "group", "vintage"),
)

COMPARISON = Table(
    "comparison",
    "Each area's headline figure beside all the others of the same period and release status.",
    (
        Column("measure", "text", "id of the measure"),
        Column("area", "text", "three-digit code"),
        Column("period", "text", "label as printed"),
        Column("period_kind", "text", "kind of period"),
        Column("period_start", "date", "first day"),
        Column("period_end", "date", "last day"),
        Column("vintage", "text", "final, revised or provisional"),
        Column("preferred", "flag", "whether this is the most settled release of its period"),
        Column("latest", "flag", "whether this is the latest settled period of its measure"),
        Column("newest", "flag", "whether this is the latest period of its measure, provisional ones included"),
        Column("dataset", "text", "id of the data set"),
        Column("release", "text", "the release it was printed in"),
        Column("value", "number", "the figure", required=False),
        Column("status", "text", "how settled, or why there is none"),
        Column("previous_period", "text", "label of the period a year before, when it can be compared with",
               required=False),
        Column("change", "number", "value less the value of the period before", required=False),
        Column("england", "number", "England's published figure", required=False),
        Column("region", "number", "the region's published figure", required=False),
        Column("region_area", "text", "three-digit code of the region that figure is of", required=False),
        Column("rank", "integer", "1 is best; ties share the better place", required=False),
        Column("ranked", "integer", "authorities with a value"),
        Column("quartile", "text", "A (best) to D", required=False),
        Column("quintile", "integer", "1 (best) to 5, in groups of equal count", required=False),
        Column("quartile_low", "number", "25th percentile, type 7", required=False),
        Column("quartile_middle", "number", "median", required=False),
        Column("quartile_high", "number", "75th percentile, type 7", required=False),
        Column("lowest", "number", "lowest value of any authority", required=False),
        Column("highest", "number", "highest value of any authority", required=False),
        Column("places_per_point", "integer", "places gained if only this authority did one point better",
               required=False),
    ),
    key=("area", "measure", "period_start", "period_end", "vintage"),
)

NEIGHBOUR_COMPARISON = Table(
    "neighbour_comparison",
    "Each authority beside its ten statistical neighbours, by model.",
    (
        Column("measure", "text", "id of the measure"),
        Column("area", "text", "three-digit code"),
        Column("period_start", "date", "first day"),
        Column("period_end", "date", "last day"),
        Column("vintage", "text", "final, revised or provisional"),
        Column("model", "text", "2021 or 2025"),
        Column("neighbours_mean", "number", "unweighted mean of the neighbours that have a value", required=False),
        Column("neighbours_rank", "integer", "rank among itself and its neighbours; 1 is best", required=False),
        Column("neighbours_ranked", "integer", "itself and its neighbours, those with a value"),
    ),
    key=("area", "measure", "period_start", "period_end", "vintage", "model"),
)

NEET_RANGE = Table(
    "neet_range",
    "What NEET would be if none, if all and if as many of those not known were NEET as known people like them are.",
    (
        Column("measure", "text", "id of the measure"),
        Column("area", "text", "three-digit code"),
        Column("period", "text", "label as printed"),
        Column("period_start", "date", "first day"),
        Column("period_end", "date", "last day"),
        Column("low", "number", "per cent NEET if none of those not known is"),
        Column("estimate", "number", "per cent NEET if those not known are like known people"),
        Column("high", "number", "per cent NEET if everyone not known is"),
        Column("adjusted", "number", "per cent NEET as the department once adjusted it, of averages alone: historic, indicative",
               required=False),
    ),
    key=("measure", "area", "period_start", "period_end"),
)

TABLES = (
    AREA, AREA_CODE, DISTRICT, NEIGHBOUR, SCHOOL, SOURCE, INDICATOR, PUBLISHED_FIGURE, FIGURE, COMPARISON,
    NEIGHBOUR_COMPARISON, NEET_RANGE,
)
