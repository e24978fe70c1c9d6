"""Fan charts as SVG: the median, the 50 % and the 90 % band of each plan, the capacity line, axes from zero."""

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from tienphuong.forecast.entries import CapacityEntry
from tienphuong.reports.forecasting.figures import number

# Okabe & Ito (2008): told apart by colour-blind eyes; the lines' dashes tell them apart on a black-and-white printer.
COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES: Final = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
COLUMNS: Final = 3
# A page of the post takes no style elements (its content security policy): what matplotlib says in one, the root says to be inherited.
STYLE: Final = '<style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>'
INHERITED: Final = 'stroke-linejoin="round" stroke-linecap="butt"'


@dataclass(frozen=True, slots=True)
class Style:
    """For whom a picture is drawn: how numbers are written, and whether the screen is a phone's, with one panel a row."""

    language: str = "vi"
    narrow: bool = False


def fan_chart(
    fans: NDArray[np.float64], *, dates: Sequence[date], plans: Sequence[str], style: Style, capacity: CapacityEntry | None = None
) -> str:
    """One panel a plan, all on one scale: SVG of float64[5 levels, plans, days]."""
    figure, panels = _panels(len(plans), columns=1, width=3.8) if style.narrow else _panels(len(plans))
    for row, (panel, name) in enumerate(zip(panels, plans, strict=False)):
        low, quarter, middle, three_quarters, high = fans[:, row]
        colour = COLOURS[row % len(COLOURS)]
        panel.fill_between(dates, low, high, color=colour, alpha=0.18, linewidth=0)
        panel.fill_between(dates, quarter, three_quarters, color=colour, alpha=0.35, linewidth=0)
        panel.plot(dates, middle, color=colour, linewidth=1.8)
        panel.set_title(name, fontsize=9, loc="left")
        _limit(panel, capacity, style)
        _axes(panel, dates, style)
    panels[0].set_ylim(bottom=0)
    return _svg(figure)


def medians_chart(
    fans: NDArray[np.float64], *, dates: Sequence[date], plans: Sequence[str], style: Style, capacity: CapacityEntry | None = None
) -> str:
    """The medians of all plans in one panel."""
    figure, (panel, *_) = _panels(1, width=3.8 if style.narrow else 7.6, height=3.0)
    for row, name in enumerate(plans):
        panel.plot(dates, fans[2, row], color=COLOURS[row % len(COLOURS)], linestyle=DASHES[row % len(DASHES)], linewidth=1.8, label=name)
    _limit(panel, capacity, style)
    _axes(panel, dates, style)
    panel.set_ylim(bottom=0)
    panel.legend(fontsize=8, frameon=False)
    return _svg(figure)


def fit_chart(fitted: NDArray[np.float64], *, observed: NDArray[np.float64], dates: Sequence[date], style: Style) -> str:
    """What was counted as dots on the fan of what the accepted runs found: float64[5 levels, periods]."""
    figure, (panel, *_) = _panels(1, width=3.8 if style.narrow else 7.6, height=2.6)
    panel.fill_between(dates, fitted[0], fitted[4], color=COLOURS[0], alpha=0.18, linewidth=0)
    panel.fill_between(dates, fitted[1], fitted[3], color=COLOURS[0], alpha=0.35, linewidth=0)
    panel.plot(dates, fitted[2], color=COLOURS[0], linewidth=1.8)
    panel.plot(dates, observed, "o", color="#000000", markersize=4)
    _axes(panel, dates, style)
    panel.set_ylim(bottom=0)
    return _svg(figure)


def _panels(count: int, *, columns: int = COLUMNS, width: float = 2.6, height: float = 2.1):
    # imported late: the rest of the program need not pay for it. It writes a cache of fonts: into the post's own folder, never into the home of whoever runs it
    os.environ.setdefault("MPLCONFIGDIR", str(Path(settings.VAR) / "matplotlib"))
    from matplotlib.figure import Figure

    columns = min(columns, count)
    rows = -(-count // columns)
    figure = Figure(figsize=(width * columns, height * rows), layout="constrained")
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    panels = list(grid.flat)
    for spare in panels[count:]:
        spare.set_visible(False)
    return figure, panels


def _limit(panel, capacity: CapacityEntry | None, style: Style) -> None:
    if capacity is not None:
        panel.axhline(capacity.limit, color="#444444", linewidth=1, linestyle=(0, (4, 2)))
        written = number(capacity.limit, language=style.language)
        panel.annotate(written, (0.99, capacity.limit), xycoords=("axes fraction", "data"), fontsize=7, ha="right", va="bottom")


def _axes(panel, dates: Sequence[date], style: Style) -> None:
    from matplotlib.dates import DayLocator, num2date
    from matplotlib.ticker import FuncFormatter

    panel.xaxis.set_major_locator(DayLocator(interval=max(1, len(dates) // 4)))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{num2date(value).day}/{num2date(value).month}"))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language=style.language)))
    panel.tick_params(labelsize=8)
    panel.spines[["top", "right"]].set_visible(False)
    panel.grid(axis="y", linewidth=0.4, alpha=0.5)


def _svg(figure) -> str:
    """The picture as text, the same bytes each time: no date, ids from a fixed salt."""
    import matplotlib

    written = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "tienphuong", "svg.fonttype": "path"}):
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    text = written.getvalue()
    return text[text.index("<svg") :].replace(STYLE, "").replace("<svg ", f"<svg {INHERITED} ", 1)
