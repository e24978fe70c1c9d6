"""The reader of a command line, in Vietnamese: argparse has its own English words, which no catalogue of the product holds."""

import argparse
import re
from typing import Any, Final, NoReturn

_KINDS: Final = {"int": "số nguyên", "float": "số", "Path": "đường dẫn", "date": "ngày"}
_WORDS: Final[tuple[tuple[str, str], ...]] = (
    (r"the following arguments are required: (?P<names>.+)", "thiếu {names}"),
    (r"one of the arguments (?P<names>.+) is required", "cần một trong: {names}"),
    (r"unrecognized arguments: (?P<names>.+)", "không hiểu: {names}"),
    (r"invalid choice: (?P<value>.+) \(choose from (?P<names>.+)\)", "không có {value}; chọn một trong: {names}"),
    (r"unknown parser (?P<value>.+) \(choices: (?P<names>.+)\)", "không có {value}; chọn một trong: {names}"),
    (r"invalid (?P<kind>\S+) value: (?P<value>.+)", "{value} không phải {kind}"),
    (r"expected one argument", "cần một giá trị"),
    (r"expected at most one argument", "chỉ nhận một giá trị"),
    (r"expected at least one argument", "cần ít nhất một giá trị"),
    (r"expected (?P<number>\d+) arguments?", "cần {number} giá trị"),
    (r"ambiguous option: (?P<value>.+) could match (?P<names>.+)", "{value} có thể là: {names}; ghi đủ tên"),
    (r"ignored explicit argument (?P<value>.+)", "không nhận giá trị {value}"),
    (r"not allowed with argument (?P<names>.+)", "không dùng cùng với {names}"),
    (r"can't open (?P<value>'.+'): (?P<names>.+)", "không mở được {value}: {names}"),
)
_OF_ONE: Final = re.compile(r"argument (?P<name>.+?): (?P<rest>.+)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose own words are Vietnamese; its subcommands are of the same kind."""

    def __init__(self, *positional: Any, add_help: bool = True, **more: Any) -> None:
        super().__init__(*positional, add_help=False, **more)
        self._positionals.title, self._optionals.title = "giá trị", "tùy chọn"
        if add_help:
            self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help="in hướng dẫn này rồi thoát")

    def format_usage(self) -> str:
        """The line of use."""
        return _named(super().format_usage())

    def format_help(self) -> str:
        """The whole help."""
        return _named(super().format_help())

    def error(self, message: str) -> NoReturn:
        """End with the line of use and what is wrong: exit code 2."""
        self.exit(2, f"{self.format_usage()}{self.prog}: lỗi: {in_vietnamese(message)}\n")


def _named(text: str) -> str:
    return text.replace("usage: ", "cách dùng: ", 1)


def in_vietnamese(message: str) -> str:
    """A sentence of argparse in Vietnamese; one that is not of argparse stays as it is."""
    if match := _OF_ONE.fullmatch(message):
        return f"{match['name']}: {in_vietnamese(match['rest'])}"
    for pattern, words in _WORDS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            groups = match.groupdict()
            return words.format(**groups | {"kind": _KINDS.get(groups.get("kind", ""), "giá trị hợp lệ")})
    return message
