"""Địa bàn diễn tập: dựng dân cư và dịch, nhận những tệp lộn xộn các xã gửi, in tình hình, viết báo cáo, mở trang web."""

import argparse
import re
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from demodistrict import generate
from tienphuong.cli.common import UserError, terminal
from tienphuong.cli.demo_plan import PASSWORD, PLANS, VIETNAM, Plan
from tienphuong.cli.importing import Sending, give_back, show, take_in
from tienphuong.cli.report import write_report
from tienphuong.cli.serve import prepare, serve
from tienphuong.core import clock
from tienphuong.core.place import demo
from tienphuong.core.policy import pack
from tienphuong.intake.services.areas import commune_of_sender
from tienphuong.procedures.appoint_officer import appoint, open_account
from tienphuong.procedures.settle_post import settle_post
from tienphuong.registry.areas.queries import area_by_code
from tienphuong.registry.areas.services import load_reference_areas
from tienphuong.reports.composing import situation_text
from tienphuong.reports.cutoff import cutoff_of
from tienphuong.reports.figures import figures

SEED = 1
POPULATIONS = {"lien-ninh": "liên-ninh", "full": "full"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """--scenario, --population, --seed, --advance, --no-serve, --port"""
    parser.add_argument("--scenario", default="thanh-tri-2021", choices=list(PLANS))
    parser.add_argument("--population", default="lien-ninh", choices=list(POPULATIONS), help="full: sổ hộ của cả 16 xã, 275.745 người")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--advance", metavar="1d", help="cho đồng hồ diễn tập chạy tới và nhận tệp của những ngày sau")
    parser.add_argument("--no-serve", action="store_true", help="không mở trang web")
    parser.add_argument("--port", type=int, default=8000)


def run(chosen: argparse.Namespace) -> int:
    """Set up, or go on where the demo stands; then serve."""
    plan = PLANS[chosen.scenario]
    prepare()
    _begin_or_go_on(plan, chosen)
    if chosen.advance:
        for _ in range(_days(chosen.advance)):
            _next_day(plan, seed=chosen.seed)
    _tell(plan, port=None if chosen.no_serve else chosen.port)
    if chosen.no_serve:
        return 0
    return serve(host="127.0.0.1", port=chosen.port)


def _begin_or_go_on(plan: Plan, chosen: argparse.Namespace) -> None:
    """A new base begins the demo; one that plays it already goes on; any other is left alone."""
    played = demo() or clock.scenario()
    if played is None:
        _begin(plan, population=POPULATIONS[chosen.population], seed=chosen.seed)
    elif played != plan.scenario:
        raise UserError(f"cơ sở dữ liệu này đang diễn tập “{played}”. Dùng TIENPHUONG_VAR khác cho “{plan.scenario}”.")
    elif clock.scenario() is None:
        raise UserError(f"đồng hồ diễn tập đang tắt. Đặt lại rồi chạy tiếp: tienphuong clock set {plan.stands_at:%Y-%m-%dT%H:%M}")


def _days(text: str) -> int:
    found = re.fullmatch(r"(\d+)d", text.strip())
    if not found:
        raise UserError(f"“{text}” không phải số ngày. Viết dạng 1d, 3d.")
    return int(found.group(1))


def _begin(plan: Plan, *, population: str, seed: int) -> None:
    """The first day: areas, accounts, the clock, the files of the day, the report."""
    print(f"{plan.title}: dựng địa bàn diễn tập (mọi tên người đều được sinh ra, không có người thật).")
    load_reference_areas()
    _accounts(plan)
    clock.set_scenario(stands_at=plan.stands_at, scenario=plan.scenario)
    area = _area(plan.area_code, plan, day=plan.day)
    settle_post(area, disease=plan.disease, actor=terminal(), at=plan.stands_at, scenario=plan.scenario)
    _work_day(plan, day=plan.day, at=plan.stands_at, population=population, seed=seed)


def _next_day(plan: Plan, *, seed: int) -> None:
    """One day on: the clock, the next day's files, the next report."""
    at = clock.advance(by=timedelta(days=1)).astimezone(VIETNAM)
    print(f"\nĐồng hồ diễn tập: {at:%Hh%M ngày %d/%m/%Y}.")
    _work_day(plan, day=at.date(), at=at, population="liên-ninh", seed=seed)


def _work_day(plan: Plan, *, day: date, at: datetime, population: str, seed: int) -> None:
    folder = settings.VAR / "demo" / day.isoformat()
    try:
        answer = generate(plan.scenario, seed, day, folder, population=population)
    except ValueError as error:
        raise UserError(f"kịch bản không có ngày {day:%d/%m/%Y}: {error}") from error
    senders = {item["file"]: item["sender"] for item in answer.files} | {item["file"]: item["commune"] for item in answer.registers}
    sent = [_sending(plan, folder / "files" / name, sender, day=day) for name, sender in senders.items()]
    policy = pack(plan.policy)
    receipts = take_in(sent, disease=plan.disease, at=at, policy=policy)
    show(receipts)
    returned = give_back(receipts, folder=settings.VAR / "returned" / day.isoformat())
    print(f"Tệp trả lại các đơn vị (cột “Cần xem lại”): {len(returned)} tệp tại {settings.VAR / 'returned' / day.isoformat()}")
    area = _area(plan.area_code, plan, day=day)
    for path in write_report(area=area, disease=plan.disease, at=at, policy=policy):
        print(f"Báo cáo: {path}")


def _sending(plan: Plan, path: Path, sender: str, *, day: date) -> Sending:
    """Who brought the file and for which area: a commune's office for its commune, anybody else for the whole district."""
    whole = _area(plan.area_code, plan, day=day)
    if sender.isdecimal():
        commune = _area(sender, plan, day=day)
        return Sending(path, f"Công an {commune.full_name}", commune)
    return Sending(path, sender, commune_of_sender(terminal(), sender=sender, within=whole, on=day) or whole)


def _area(code: str, plan: Plan, *, day: date) -> object:
    return area_by_code(terminal(), code=code, on=day, code_system=plan.code_system).area


def _accounts(plan: Plan) -> None:
    actor, begin = terminal(), date(plan.day.year, 1, 1)
    for account in plan.accounts:
        refusals = open_account(
            account.username,
            full_name=account.full_name,
            position=account.position,
            password=PASSWORD,
            actor=actor,
            at=plan.stands_at,
        )
        if refusals:
            raise UserError("; ".join(refusals))
        area = _area(account.area_code, plan, day=plan.day)
        appoint(account.username, role=account.role, area=area, period=(begin, None), actor=actor, at=plan.stands_at)


def _tell(plan: Plan, *, port: int | None) -> None:
    """The situation, the papers, the address, the accounts."""
    at = clock.now().astimezone(VIETNAM)
    policy, area = pack(plan.policy), _area(plan.area_code, plan, day=at.date())
    cutoff = cutoff_of(at, policy=policy.disease(plan.disease))
    print("\n" + situation_text(figures(terminal(), area=area, disease=plan.disease, cutoff=cutoff, policy=policy), policy=policy))
    papers = sorted((settings.VAR / "reports").glob("*"))
    print("\nBáo cáo đã viết:", *(f"  {path}" for path in papers), sep="\n")
    page = f"Trang web: http://127.0.0.1:{port}/   " if port else "Mở trang web: make demo, hoặc tienphuong serve.   "
    print(f"\n{page}mật khẩu chung của các tài khoản diễn tập: {PASSWORD}")
    for account in plan.accounts:
        print(f"  {account.username:10} {account.full_name}, {account.position}")
    sys.stdout.flush()
