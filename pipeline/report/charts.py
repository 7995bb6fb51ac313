"""The kinds of chart that the page has, as specifications of Vega-Lite.

Axes and text are drawn in `currentColor`, and every other colour can be told from a light ground as
well as from a dark one: so a chart needs not be drawn again when the theme changes, or to print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import altair as alt

# By lightness between 35 and 58 (CIE L*): three to one and better on white and on the dark ground.
PALETTE = (
    "#2f7fc1",
    "#c8641b",
    "#2e8f5b",
    "#c2497f",
    "#8a6bd1",
    "#9a7b15",
    "#1f8c96",
    "#c4504a",
    "#6f7f8f",
    "#71862a",
)
MAIN = PALETTE[0]
OTHER = "#7d7d7d"
# The entity types, as in the annotated articles.
TYPE_COLOURS = {"PER": PALETTE[0], "LOC": PALETTE[2], "ORG": PALETTE[1], "MISC": PALETTE[4]}
_FONT = "system-ui, 'Noto Sans Arabic', 'Geeza Pro', 'Segoe UI', sans-serif"
_TIME_UNITS = {
    "day": {"unit": "utcyearmonthdate"},
    "month": {"unit": "utcyearmonth"},
    "year": {"unit": "utcyear"},
}
_TIME_FORMATS = {"day": "%-d %b %Y", "month": "%b %Y", "year": "%Y"}
_STEP = 21
# The rows come in when a chart is done: Altair would copy and check them at every step.
_ROWS = alt.NamedData(name="rows")

Row = Mapping[str, Any]

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "domainColor": "currentColor",
        "tickColor": "currentColor",
        "gridColor": "currentColor",
        "gridOpacity": 0.15,
        "domainOpacity": 0.4,
        "tickOpacity": 0.4,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 190,
    },
    "legend": {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 190,
        "orient": "bottom",
    },
    "text": {"color": "currentColor", "fontSize": 12},
}


def bars(
    rows: Sequence[Row],
    label: str,
    value: str,
    *,
    colour: str = MAIN,
    colours: Mapping[str, str] | None = None,
    by: str | None = None,
    shown: str = ",",
) -> dict[str, Any]:
    """Horizontal bars in the order of the rows, the value written at the end of each.

    Args:
        rows: the labels, values and whatever else a tooltip tells.
        label: the field that names a bar.
        value: the field of its length.
        colour: of all bars.
        colours: of the values of `by`, if the bars differ.
        by: the field that parts a bar or gives it its colour.
        shown: how the value is written, as d3 formats numbers.
    """
    names = list(dict.fromkeys(row[label] for row in rows))
    height = _STEP * len(names)
    base = alt.Chart(_ROWS).encode(
        y=alt.Y(
            f"{label}:N",
            sort=names,
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelPadding=6),
        ),
        tooltip=_tooltips(rows, {value: shown}),
    )
    if by:
        kinds = list(dict.fromkeys(row[by] for row in rows))
        drawn = base.mark_bar().encode(
            x=alt.X(f"{value}:Q", title=None, axis=_count_axis(row[value] for row in rows)),
            color=alt.Color(f"{by}:N", scale=_colour_scale(kinds, colours), title=None, sort=None),
        )
        return _finished(drawn, rows, height)
    # The number at the end of the longest bar needs its place.
    room = alt.Scale(domain=[0, max(row[value] for row in rows) * 1.15 or 1], nice=False)
    drawn = base.mark_bar(color=colour, cornerRadiusEnd=2).encode(
        x=alt.X(f"{value}:Q", axis=None, scale=room)
    )
    written = base.mark_text(align="left", dx=4, baseline="middle").encode(
        x=alt.X(f"{value}:Q", axis=None, scale=room), text=alt.Text(f"{value}:Q", format=shown)
    )
    return _finished(drawn + written, rows, height)


def histogram(
    bins: Sequence[tuple[float, float, int]], measured: str, counted: str
) -> dict[str, Any]:
    """How often a length occurs.

    Args:
        bins: from, to (exclusive), how many.
        measured: what the lengths are of, with their unit.
        counted: what is counted.
    """
    rows = [{"from": low, "to": high, counted: count} for low, high, count in bins]
    chart = (
        alt.Chart(_ROWS)
        .mark_bar(color=MAIN, binSpacing=1)
        .encode(
            x=alt.X("from:Q", bin="binned", title=measured, axis=alt.Axis(labelOverlap=True)),
            x2="to",
            y=alt.Y(f"{counted}:Q", title=counted, axis=_count_axis(count for *_, count in bins)),
            tooltip=_tooltips(rows, {}),
        )
    )
    return _finished(chart, rows, 200)


def over_time(
    rows: Sequence[Row],
    unit: str,
    values: Sequence[str],
    by: str,
    colours: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Stacked bars along the time; where there are several values, buttons choose one.

    Args:
        rows: each with a `time` (a date or time), the field `by` and the values.
        unit: day, month or year; times are its beginnings.
        values: the fields that can be shown.
        by: the field that parts the bars; its first values lie lowest.
        colours: of the values of `by`.
    """
    names = list(dict.fromkeys(row[by] for row in rows))
    told = [
        {**row, "time": _milliseconds(row["time"]), "rank": names.index(row[by])} for row in rows
    ]
    chart = alt.Chart(_ROWS)
    height: str | alt.Y = alt.Y(f"{values[0]}:Q", title=values[0], stack="zero")
    if len(values) > 1:
        chosen = alt.param(
            name="measure",
            value=values[0],
            bind=alt.binding_radio(options=list(values), name="Count "),
        )
        chart = chart.add_params(chosen).transform_calculate(shown="datum[measure]")
        height = alt.Y("shown:Q", title=None, stack="zero")
    chart = chart.mark_bar().encode(
        x=alt.X("time:T", timeUnit=_TIME_UNITS[unit], title=None, axis=_time_axis(unit)),
        y=height,
        color=alt.Color(f"{by}:N", scale=_colour_scale(names, colours), title=None, sort=names),
        order=alt.Order("rank:Q", title="layer"),
        tooltip=[
            _time_tooltip("time", unit),
            f"{by}:N",
            *(alt.Tooltip(f"{name}:Q", format=",") for name in values),
        ],
    )
    return _finished(chart, told, 260)


def heat(
    rows: Sequence[Row], x: str, y: str, value: str, *, unit: str | None = None
) -> dict[str, Any]:
    """A square for each pair of labels, the fuller the larger its value.

    Args:
        rows: labels, value, and whatever else a tooltip tells.
        x: the field along the bottom; a time if there is a `unit`.
        y: the field along the side.
        value: the field that fills a square.
        unit: day, month or year, if `x` is a time.
    """
    told = [{**row, x: _milliseconds(row[x])} for row in rows] if unit else rows
    order = list(dict.fromkeys(row[y] for row in rows))
    across = (
        alt.X(f"{x}:T", timeUnit=_TIME_UNITS[unit], title=None, axis=_time_axis(unit))
        if unit
        else alt.X(f"{x}:N", sort=order, title=None, axis=alt.Axis(labelAngle=-60, labelLimit=120))
    )
    names = {name: "" for name in rows[0] if unit is None or name != x}
    tooltips = _tooltips([names], {value: ","})
    if unit:
        tooltips.insert(0, _time_tooltip(x, unit))
    chart = (
        alt.Chart(_ROWS)
        .mark_rect(color=MAIN, cornerRadius=2)
        .encode(
            x=across,
            y=alt.Y(f"{y}:N", sort=order, title=None),
            # A colour that is more or less there reads the same on white and on black.
            opacity=alt.Opacity(
                f"{value}:Q",
                scale=alt.Scale(type="sqrt", range=[0.08, 1]),
                legend=alt.Legend(title=value, tickCount=4),
            ),
            tooltip=tooltips,
        )
    )
    return _finished(chart, told, _STEP * len(order))


def _finished(chart: Any, rows: Sequence[Row], height: int) -> dict[str, Any]:
    fitted = alt.AutoSizeParams(type="fit-x", contains="padding")
    chart = chart.properties(width="container", height=height, autosize=fitted)
    spec: dict[str, Any] = chart.to_dict()
    # The page has one for all.
    spec.pop("config", None)
    spec["datasets"] = {"rows": [dict(row) for row in rows]}
    return spec


def _colour_scale(names: Sequence[str], colours: Mapping[str, str] | None) -> alt.Scale:
    if colours is None:
        colours = dict(zip(names, PALETTE, strict=False))
    return alt.Scale(domain=list(names), range=[colours.get(name, OTHER) for name in names])


def _tooltips(rows: Sequence[Row], formats: Mapping[str, str]) -> list[alt.Tooltip]:
    if not rows:
        return []
    return [
        alt.Tooltip(f"{name}:Q", format=formats[name])
        if name in formats
        else alt.Tooltip(f"{name}:N")
        for name in rows[0]
    ]


def _time_tooltip(name: str, unit: str) -> alt.Tooltip:
    return alt.Tooltip(
        f"{name}:T", timeUnit=_TIME_UNITS[unit], format=_TIME_FORMATS[unit], title=unit
    )


def _count_axis(counts: Iterable[int]) -> alt.Axis:
    """An axis of whole numbers, even where there are few."""
    return alt.Axis(format=",d", tickCount=min(5, max(counts)))


def _time_axis(unit: str) -> alt.Axis:
    return alt.Axis(format=_TIME_FORMATS[unit], labelOverlap=True, tickCount=8, grid=False)


def _milliseconds(time: date | datetime) -> int:
    """As JavaScript counts time; the corpus has no time zones, so UTC stands for all of them."""
    return (
        date(time.year, time.month, time.day).toordinal() - date(1970, 1, 1).toordinal()
    ) * 86_400_000
