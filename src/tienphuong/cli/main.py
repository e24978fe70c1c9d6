"""`tienphuong`: the post from a terminal. Each subcommand is one module of this package."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from tienphuong.cli.parser import Parser
from tienphuong.core.secrets import KeyFault
from tienphuong.core.set_by_hand import SettingFault

# name -> (module, one line). A module is imported only when it is called: `tienphuong --help` needs no database.
SUBCOMMANDS = {
    "demo": ("demo", "dựng địa bàn diễn tập, nhận tệp, in tình hình, viết báo cáo, mở trang web"),
    "import": ("importing", "tiếp nhận tệp của các đơn vị: tienphuong import TỆP..."),
    "intake": ("intake", "tệp đã tiếp nhận: danh sách, rút một tệp đã nhập"),
    "situation": ("situation", "in các chỉ tiêu tại một thời điểm chốt"),
    "report": ("report", "chốt báo cáo ngày và xuất .docx, .pdf"),
    "simulate": ("simulate", "so sánh các phương án bằng mô phỏng: tienphuong simulate NGHIÊN_CỨU.toml"),
    "areas": ("areas", "nạp, tra cứu địa bàn; nhập ranh giới GeoJSON"),
    "audit": ("audit", "kiểm tra chuỗi nhật ký"),
    "users": ("users", "tài khoản và phân công"),
    "clock": ("clock", "đồng hồ diễn tập: đặt, trả về giờ thật, xem"),
    "post": ("post", "địa bàn và bệnh của sở chỉ huy"),
    "recheck": ("recheck", "tính lại toàn bộ bậc F và nêu khác biệt"),
    "books": ("books", "đối chiếu số dư đã khóa với hồ sơ, hoặc lập lại"),
    "words": ("words", "đọc từng ô chữ từ đầu vào: tienphuong words LOẠI"),
    "retention": ("retention", "thời hạn lưu giữ: đếm, quyết định xóa, xem đã xóa gì"),
    "backup": ("backup", "bản lưu niêm phong của cả sở chỉ huy: lập, kiểm tra, phục hồi"),
    "serve": ("serve", "mở trang web của sở chỉ huy"),
}
WITHOUT_RECORDS = frozenset({"simulate", "words"})  # they unseal nothing, and need no database for it
WAITS = frozenset({"serve"})  # for a database that is starting, and looks at key and version itself


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; the exit code says whether it did what was asked."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = Parser(prog="tienphuong", description="Tiền Phương: sở chỉ huy phòng, chống dịch tại chỗ.")
    chosen = parser.add_subparsers(dest="subcommand", required=True, metavar="LỆNH")
    for name, (_, line) in SUBCOMMANDS.items():
        chosen.add_parser(name, help=line, add_help=False)
    named, rest = parser.parse_known_args(arguments[:1] or ["--help"])
    return _run(named.subcommand, [*rest, *arguments[1:]])


def _run(name: str, arguments: list[str]) -> int:
    _choose_folder(name, arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
    try:
        _wake(name)
    except Exception as fault:
        return _print_fault(name, fault)
    module = import_module(f"tienphuong.cli.{SUBCOMMANDS[name][0]}")
    parser = Parser(prog=f"tienphuong {name}", description=module.__doc__)
    module.arguments(parser)
    try:
        code = int(module.run(parser.parse_args(arguments)) or 0)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _reader_left()
    except Exception as fault:
        return _print_fault(name, fault)


def _print_fault(name: str, fault: Exception) -> int:
    """One line for what a user can mend, and for what is no fault of the program's; everything else goes on up."""
    if isinstance(fault, KeyFault | SettingFault):  # of the settings themselves: nothing that reads them can be asked
        print(f"tienphuong {name}: {fault}", file=sys.stderr)
        return 2
    from tienphuong.core.plain import plain

    known = plain(fault)
    if known is None and not isinstance(fault, module_errors()):
        raise fault
    print(f"tienphuong {name}: {known.reason if known else fault}", file=sys.stderr)
    return 2


def _reader_left() -> int:
    """Whoever read what is printed has read enough (`tienphuong … | head`): that is no fault, and nothing more is printed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _wake(name: str) -> None:
    """Read the settings, and see that the key is the one the records were sealed with."""
    import django

    django.setup()
    if name not in WITHOUT_RECORDS | WAITS:
        from tienphuong.core.keys import settle
        from tienphuong.core.versions import refuse_newer

        refuse_newer()
        settle()


def module_errors() -> tuple[type[Exception], ...]:
    """What a user can mend: said in one line, without a traceback."""
    from tienphuong.cli.common import UserError
    from tienphuong.core.access.viewer import NotPermitted
    from tienphuong.core.plain import WrongVersion
    from tienphuong.core.policy import PolicyError
    from tienphuong.reports.services import ReportRefused

    return (UserError, NotPermitted, PolicyError, ReportRefused, FileNotFoundError, KeyFault, WrongVersion)


def _choose_folder(name: str, arguments: Sequence[str]) -> None:
    """A demo other than the first keeps its database in a folder of its own, so that demos do not mix."""
    if name != "demo" or "TIENPHUONG_VAR" in os.environ:
        return
    given = dict(pairwise(arguments)).get("--scenario", "thanh-tri-2021")
    if given != "thanh-tri-2021":
        os.environ["TIENPHUONG_VAR"] = str(Path(__file__).resolve().parents[3] / "var" / given)
