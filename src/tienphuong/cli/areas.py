"""Địa bàn: nạp danh mục, tra cứu theo tên hoặc mã, nhập ranh giới."""

import argparse
from datetime import date
from pathlib import Path

from tienphuong.cli.common import UserError, now, terminal
from tienphuong.registry.areas.geometry import import_geometry
from tienphuong.registry.areas.listed import ListRefused, listed_areas
from tienphuong.registry.areas.queries import find_areas
from tienphuong.registry.areas.services import AreaRefused, load_listed_areas, load_reference_areas
from tienphuong.registry.areas.terms import CodeSystem


def arguments(parser: argparse.ArgumentParser) -> None:
    """load [TỆP] | find TÊN | geometry TỆP"""
    acts = parser.add_subparsers(dest="act", required=True)
    load = acts.add_parser("load", help="nạp danh mục hành chính đi kèm, và danh mục đủ xã, phường từ tệp nếu có")
    load.add_argument("file", nargs="?", type=Path, help="CSV hoặc JSON; các dạng trong docs/reference/areas.md")
    load.add_argument("--generation", type=CodeSystem, choices=list(CodeSystem)[:3], help="danh mục của thời kỳ nào, nếu tệp không ghi")
    find = acts.add_parser("find", help="tra cứu, có dấu hoặc không dấu")
    find.add_argument("text")
    find.add_argument("--on", type=date.fromisoformat, help="vào ngày (mặc định: hôm nay)")
    geometry = acts.add_parser("geometry", help="nhập ranh giới từ GeoJSON")
    geometry.add_argument("file", type=Path)
    geometry.add_argument("--code-system", default=CodeSystem.GSO_2019, choices=list(CodeSystem))


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked of the areas."""
    return {"load": _load, "find": _find, "geometry": _geometry}[chosen.act](chosen)


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


def _geometry(chosen: argparse.Namespace) -> int:
    try:
        outcome = import_geometry(chosen.file, code_system=chosen.code_system, actor=terminal(), at=now())
    except AreaRefused as refused:
        raise UserError(str(refused.refusal)) from refused
    print(f"Khớp {len(outcome.matched)} địa bàn.")
    for item in outcome.unmatched:
        print(f"  không khớp: {item.name} (đối tượng {item.feature}): {item.reason}")
    return 1 if outcome.unmatched else 0
