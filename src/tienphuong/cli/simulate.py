"""So sánh các phương án: chạy mô phỏng từ dân cư và tình hình hôm nay, viết bảng số liệu và báo cáo."""

import argparse
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tienphuong.cli.common import VIETNAM, UserError, now, post_area, terminal
from tienphuong.cli.demo_plan import post
from tienphuong.cli.populations import COLUMNS, POPULATIONS, population_of
from tienphuong.forecast.bridge import run_study
from tienphuong.forecast.entries import CommuneEntry, LineListEntry, StudyEntry
from tienphuong.forecast.outcomes import Comparison
from tienphuong.forecast.studies import StudyError, read_study
from tienphuong.forecast.terms import Series
from tienphuong.registry.areas.queries import children_of
from tienphuong.reports.forecasting import write_comparison
from tienphuong.reports.forecasting.figures import band, day_at, percent


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
    parser.add_argument("--on", default="threads", help="threads, processes, serial, hoặc địa chỉ tcp://... của cụm Dask")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--language", default="vi", choices=["vi", "en"])


def run(chosen: argparse.Namespace) -> int:
    """Run the study and write what came of it."""
    if chosen.replicates < 1:
        raise UserError("--replicates phải từ 1 trở lên.")
    study = _study(chosen.study)
    found = _simulated(study, population_of(chosen.population), chosen)
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


def _records(study: StudyEntry, chosen: argparse.Namespace) -> LineListEntry | None:
    """The post's line list on the morning of day 0, when the study starts from records."""
    if study.start.kind == "infected":
        return None
    if study.start.kind != "records":
        raise UserError(f'{chosen.study.name}: [start], kind: không có cách bắt đầu “{study.start.kind}”. Chọn "infected" hoặc "records".')
    from tienphuong.procedures.take_line_list import take_line_list

    morning = datetime.combine(study.day0, time(), tzinfo=VIETNAM)
    area = post_area(chosen.area, at=morning)
    communes = children_of(terminal(), area=area, on=study.day0) or [area]
    return take_line_list(
        area,
        communes=communes,
        disease=study.records_disease or post().disease,
        day0=study.day0,
        known_at=morning,
        study=study.title,
        actor=terminal(),
        at=now(),
    )


def _study(path: Path) -> StudyEntry:
    if not path.is_file():
        raise UserError(f"không có tệp {path}.")
    try:
        return read_study(path.read_text(encoding="utf-8"))
    except StudyError as error:
        raise UserError(f"{path.name}: {error}") from error


def _simulated(study: StudyEntry, communes_of: Sequence[CommuneEntry], chosen: argparse.Namespace) -> Comparison:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("lần chạy"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(study.title[:40], total=len(study.plans) * chosen.replicates)
        try:
            return run_study(
                study,
                communes_of=communes_of,
                replicates=chosen.replicates,
                seed=chosen.seed,
                on=_cluster(chosen.on),
                known=_records(study, chosen),
                workers=chosen.workers,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
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
