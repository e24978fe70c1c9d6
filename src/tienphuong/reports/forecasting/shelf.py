"""Where what is drawn and written of a kept forecast lies: made once, when it is first wanted, and found again.

The figures themselves are in the database. What lies here can be thrown away: it is made again from them.
"""

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final
from uuid import UUID

from django.conf import settings

from tienphuong.forecast.outcomes import Comparison
from tienphuong.forecast.progress import Progress, no_progress
from tienphuong.forecast.terms import Step
from tienphuong.reports.composing.rendering import FONTS
from tienphuong.reports.forecasting.charts import Style
from tienphuong.reports.forecasting.content import compose_page
from tienphuong.reports.forecasting.html import write_html
from tienphuong.reports.forecasting.pdf import write_pdf
from tienphuong.reports.forecasting.pictures import drawn, names
from tienphuong.reports.forecasting.tables import FORMATS, TABLES, write_table

REPORTS: Final = ("report.html", "report.pdf")
FILES: Final = (*REPORTS, *(f"{name}.{kind}" for name in TABLES for kind in FORMATS))

LANGUAGES: Final = ("vi", "en")

Load = Callable[[], Comparison]
# matplotlib keeps settings for the whole process: one drawing at a time
_drawing = Lock()


def file_of(forecast: UUID, name: str, *, language: str, load: Load) -> Path:
    """A report or a table of a forecast, which `load` reads if it has still to be made. Raises KeyError for a name that is none of FILES."""
    if name not in FILES:
        raise KeyError(name)
    place = _folder(forecast) / (language if name in REPORTS else "") / name
    return _made(place, lambda path: _write(load(), path, language=language))


def picture_of(forecast: UUID, name: str, *, style: Style, load: Load) -> Path:
    """A picture of a forecast as an .svg. Raises KeyError for a picture that it does not have."""
    place = _folder(forecast) / style.language / f"{name}{'-narrow' if style.narrow else ''}.svg"
    return _made(place, lambda path: path.write_text(drawn(load(), name, style), encoding="utf-8"))


def fill(forecast: UUID, found: Comparison, progress: Progress = no_progress, *, language: str) -> None:
    """Make anew all pictures and, in one language, the report and the tables: who opens the page waits for nothing."""
    shutil.rmtree(_folder(forecast), ignore_errors=True)
    styles = [Style(each, narrow) for each in LANGUAGES for narrow in (False, True)]
    makers = [partial(picture_of, forecast, name, style=style, load=lambda: found) for name in names(found) for style in styles]
    makers += [partial(file_of, forecast, name, language=language, load=lambda: found) for name in FILES]
    for done, make in enumerate(makers, 1):
        make()
        progress(Step.DRAWING, done, len(makers))


def _folder(forecast: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "forecasts" / str(forecast)


def _write(found: Comparison, path: Path, *, language: str) -> None:
    if path.name not in REPORTS:
        write_table(found, path)
    elif path.suffix == ".pdf":
        write_pdf(compose_page(found, language=language), path, font_dirs=[settings.REPOSITORY / FONTS])
    else:
        write_html(compose_page(found, language=language), path)


def _made(place: Path, write: Callable[[Path], object]) -> Path:
    """The file, written beside its place and moved there, so that nobody is given half of it."""
    with _drawing:
        if not place.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=place.parent) as beside:
                half = Path(beside) / place.name
                write(half)
                half.replace(place)
    return place
