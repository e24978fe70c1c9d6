"""So sánh các phương án: chạy mô phỏng từ dân cư và tình hình hôm nay, viết bảng số liệu và báo cáo."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import rich.progress
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

from tienphuong.cli.common import VIETNAM, UserError, now, post_area, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.cli.populations import POPULATIONS, population_of
from tienphuong.forecast.bridge.running import run_study
from tienphuong.forecast.entries import CommuneEntry, LineListEntry, PeopleEntry, RunsEntry, StudyEntry
from tienphuong.forecast.outcomes import Comparison
from tienphuong.forecast.populations import COLUMNS
from tienphuong.forecast.progress import Progress
from tienphuong.forecast.studies import StudyError, read_study
from tienphuong.forecast.terms import Series, Step
from tienphuong.registry.areas.queries import children_of
from tienphuong.reports.forecasting import write_comparison
from tienphuong.reports.forecasting.figures import band, day_at, percent
from tienphuong.reports.forecasting.shelf import fill


def arguments(parser: argparse.ArgumentParser) -> None:
    """NGHIÊN_CỨU.toml, --population, --replicates, --out"""
    parser.add_argument("study", type=Path, metavar="NGHIÊN_CỨU.toml", help="các phương án cần so sánh; mẫu trong examples/plans")
    parser.add_argument(
        "--population", default="thanh-tri", help=f"{', '.join(POPULATIONS)}, hoặc tệp .csv có các cột {', '.join(COLUMNS)}..."
    )
    parser.add_argument("--area", help="địa bàn lấy số liệu khi nghiên cứu bắt đầu từ hồ sơ (mặc định: địa bàn của sở chỉ huy)")
    parser.add_argument("--replicates", type=int, default=200, help="số lần chạy mỗi phương án")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="THƯ_MỤC", help="nơi ghi kết quả (mặc định: forecasts trong thư mục của sở chỉ huy)")
    parser.add_argument("--keep", action="store_true", help="giữ kết quả trong sở chỉ huy: xem ở trang Dự báo phương án")
    parser.add_argument("--on", default="threads", help="threads, processes, serial, hoặc địa chỉ tcp://... của cụm Dask")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--language", default="vi", choices=["vi", "en"])


def run(chosen: argparse.Namespace) -> int:
    """Run the study and write what came of it."""
    if chosen.replicates < 1:
        raise UserError("--replicates phải từ 1 trở lên.")
    study, people = _study(chosen.study), population_of(chosen.population)
    found = (_kept if chosen.keep else _simulated)(study, people, chosen)
    print(summary(found))
    folder = chosen.out or settings.VAR / "forecasts" / chosen.study.stem
    for path in write_comparison(found, folder, language=chosen.language):
        print(path)
    return 0


def summary(found: Comparison) -> str:
    """The plans side by side, in a few lines."""
    lines = [found.study.title]
    for plan, name in enumerate(found.plans):
        confirmed = band(found.totals[Series.CONFIRMED][:, plan], language="vi")
        lines.append(f"  {name}: {confirmed} ca mới xác định trong {len(found.dates)} ngày")
        for over in found.overruns:
            first = day_at(over.first_day[2, plan], dates=found.dates, language="vi")
            when = f", ngày đầu (trung vị) {first}" if over.probability[plan] else ""
            lines.append(f"    hết {over.capacity.name}: xác suất {percent(over.probability[plan])}{when}")
    return "\n".join(lines)


def _study(path: Path) -> StudyEntry:
    if not path.is_file():
        raise UserError(f"không có tệp {path}.")
    try:
        return read_study(path.read_text(encoding="utf-8"))
    except StudyError as error:
        raise UserError(f"{path.name}: {error}") from error


def _simulated(study: StudyEntry, communes_of: Sequence[CommuneEntry], chosen: argparse.Namespace) -> Comparison:
    """What the plans come to, kept nowhere."""
    with _bar(study) as progress, _faults_in_words(chosen):
        return run_study(
            study,
            communes_of=communes_of,
            replicates=chosen.replicates,
            seed=chosen.seed,
            on=_cluster(chosen.on),
            known=_records(study, chosen),
            workers=chosen.workers,
            progress=progress,
        )


def _kept(study: StudyEntry, communes_of: Sequence[CommuneEntry], chosen: argparse.Namespace) -> Comparison:
    """The same, asked for and kept as one of the post's forecasts."""
    from tienphuong.procedures.forecast_plans import ask_forecast, run_forecast

    actor, at = terminal(), now()
    area, communes = _place(study, chosen)
    people, runs = PeopleEntry(communes_of, chosen.population), RunsEntry(chosen.replicates, chosen.seed)
    with _bar(study) as progress, _faults_in_words(chosen):
        forecast = ask_forecast(area, _diseased(study), communes=communes, people=people, runs=runs, actor=actor, at=at)
        found = run_forecast(
            forecast,
            actor=actor,
            at=at,
            on=_cluster(chosen.on),
            workers=chosen.workers,
            progress=progress,
            draw=partial(fill, language=chosen.language),
        )
    if found is None:
        raise UserError(f"{chosen.study.name}: {forecast.message}")
    print(f"/du-bao/{forecast.pk}/")
    return found


def _records(study: StudyEntry, chosen: argparse.Namespace) -> LineListEntry | None:
    """The post's line list on the morning of day 0, when the study starts from records."""
    from tienphuong.procedures.forecast_plans import records_of

    if study.start.kind == "infected":
        return None
    area, communes = _place(study, chosen)
    records = records_of(area, _diseased(study), communes=communes, actor=terminal(), at=now())
    return records.known if records else None


def _place(study: StudyEntry, chosen: argparse.Namespace) -> tuple[Any, Sequence[Any]]:
    """The area a study is about, and its communes on day 0."""
    area = post_area(chosen.area, at=datetime.combine(study.day0, time(), tzinfo=VIETNAM))
    return area, children_of(terminal(), area=area, on=study.day0) or [area]


def _diseased(study: StudyEntry) -> StudyEntry:
    """The study with the disease of its records named: the post's own where the study does not say."""
    return replace(study, records_disease=study.records_disease or post().disease)


@contextmanager
def _bar(study: StudyEntry) -> Iterator[Progress]:
    """A bar on the terminal, and who moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("lần chạy"), TimeRemainingColumn())
    with rich.progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(study.title[:40])

        def report_progress(step: Step, done: int, total: int) -> None:
            bar.update(task, description=f"{study.title[:40]}: {step.label}", completed=done, total=total or None)

        yield report_progress


@contextmanager
def _faults_in_words(chosen: argparse.Namespace) -> Iterator[None]:
    """What is wrong with the study, told in one line with the name of its file."""
    try:
        yield
    except StudyError as error:
        raise UserError(f"{chosen.study.name}: {error}") from error


def _cluster(on: str) -> object:
    """The name of an executor, or a client of the Dask cluster at an address."""
    if "://" not in on:
        return on
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError("cần cài thêm phần “cluster”: pip install 'tienphuong[cluster]'.") from error
    return Client(on)
