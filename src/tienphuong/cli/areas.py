"""Địa bàn: nạp danh mục, tra cứu theo tên hoặc mã, nhập ranh giới."""

import argparse
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tienphuong.cli.common import UserError, now, terminal
from tienphuong.registry.areas.geometry import import_geometry
from tienphuong.registry.areas.listed import ListRefused, listed_areas
from tienphuong.registry.areas.queries import area_by_code, find_areas, successions_from, successors_of
from tienphuong.registry.areas.rules import ShareLink, convert_share
from tienphuong.registry.areas.services import AreaRefused, load_listed_areas, load_reference_areas
from tienphuong.registry.areas.terms import CodeSystem


def arguments(parser: argparse.ArgumentParser) -> None:
    """load [TỆP] | find TÊN | successors MÃ | geometry TỆP"""
    acts = parser.add_subparsers(dest="act", required=True)
    load = acts.add_parser("load", help="nạp danh mục hành chính đi kèm, và danh mục đủ xã, phường từ tệp nếu có")
    load.add_argument("file", nargs="?", type=Path, help="CSV hoặc JSON; các dạng trong docs/reference/areas.md")
    load.add_argument("--generation", type=CodeSystem, choices=list(CodeSystem)[:3], help="danh mục của thời kỳ nào, nếu tệp không ghi")
    find = acts.add_parser("find", help="tra cứu, có dấu hoặc không dấu")
    find.add_argument("text")
    find.add_argument("--on", type=date.fromisoformat, help="vào ngày (mặc định: hôm nay)")
    successors = acts.add_parser("successors", help="một đơn vị cũ nay là những đơn vị nào; --figure: một con số chia cho chúng")
    successors.add_argument("code")
    successors.add_argument("--code-system", type=CodeSystem, default=CodeSystem.GSO_2019, choices=list(CodeSystem))
    successors.add_argument("--on", type=date.fromisoformat, help="vào ngày (mặc định: hôm nay)")
    successors.add_argument("--figure", type=Decimal, help="con số của đơn vị cũ, ví dụ số ca, số dân")
    geometry = acts.add_parser("geometry", help="nhập ranh giới từ GeoJSON")
    geometry.add_argument("file", type=Path)
    geometry.add_argument("--code-system", default=CodeSystem.GSO_2019, choices=list(CodeSystem))


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked of the areas."""
    return {"load": _load, "find": _find, "successors": _successors, "geometry": _geometry}[chosen.act](chosen)


def _load(chosen: argparse.Namespace) -> int:
    if chosen.file is not None:
        return _load_file(chosen)
    print(f"Đã nạp {load_reference_areas()} địa bàn mới.")
    return 0


def _load_file(chosen: argparse.Namespace) -> int:
    try:
        lines = listed_areas(chosen.file, generation=chosen.generation)
        new = load_listed_areas(lines)
    except (ListRefused, AreaRefused) as refused:
        raise UserError(str(refused.refusal)) from refused
    print(f"Tệp có {len(lines)} đơn vị; đã nạp {new} đơn vị mới.")
    return 0


def _find(chosen: argparse.Namespace) -> int:
    found = find_areas(terminal(), text=chosen.text, on=chosen.on or now().date())
    for item in found:
        print(f"{item.area.code_system}  {item.area.code:>8}  {item.area.full_name}  ({item.reason})")
    if not found:
        print("Không tìm thấy. Thử bỏ dấu, bỏ từ “xã/phường”, hoặc ghi --on NĂM-THÁNG-NGÀY cho tên cũ.")
    return 0 if found else 1


def _successors(chosen: argparse.Namespace) -> int:
    """What became of a unit, step by step as the acts say, and which units of the day hold its people."""
    area = area_by_code(terminal(), code=chosen.code, on=None, code_system=chosen.code_system).area
    if area is None:
        raise UserError(f"không có đơn vị mã {chosen.code} trong danh mục {chosen.code_system}. Xem: tienphuong areas find TÊN")
    links = successions_from(terminal(), area=area)
    for link in links:
        part = "không ghi tỷ lệ" if link.share is None else f"{link.share * 100:.4g} %".replace(".", ",")
        print(f"{area.full_name} → {link.new.full_name} ({link.new.code}) từ {link.effective_on:%d/%m/%Y}: {part}; {link.basis}")
    if chosen.figure is not None and links:
        _shared_out(chosen.figure, links)
    day = chosen.on or now().date()
    later_units = successors_of(terminal(), area=area, on=day)
    print(f"Ngày {day:%d/%m/%Y}: {'; '.join(f'{one.full_name} ({one.code})' for one in later_units) or 'chưa rõ'}")
    return 0


def _shared_out(figure: Decimal, links: list[Any]) -> None:
    """What a figure of the old unit becomes in the next ones, as far as the acts say."""
    conversion = convert_share(figure, links=[ShareLink(link.new_id, link.share) for link in links])
    for link in links:
        if link.new_id in conversion.placed:
            print(f"  {link.new.full_name}: {conversion.placed[link.new_id]:f}".rstrip("0").rstrip("."))
    if conversion.note:
        print(f"  {conversion.note}")


def _geometry(chosen: argparse.Namespace) -> int:
    try:
        outcome = import_geometry(chosen.file, code_system=chosen.code_system, actor=terminal(), at=now())
    except AreaRefused as refused:
        raise UserError(str(refused.refusal)) from refused
    print(f"Khớp {len(outcome.matched)} địa bàn.")
    for item in outcome.unmatched:
        print(f"  không khớp: {item.name} (đối tượng {item.feature}): {item.reason}")
    return 1 if outcome.unmatched else 0
