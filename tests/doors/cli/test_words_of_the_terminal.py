"""The terminal's own words: how a command is used and what is wrong with a line are said in Vietnamese."""

import argparse
import re

import pytest

from tienphuong.cli.main import SUBCOMMANDS, main
from tienphuong.cli.parser import Parser, in_vietnamese

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(
    r"\b(?:usage|error|invalid|choose|choices|required|arguments?|expected|unrecognized|options|positional|show this|exit|could match)\b"
)


@pytest.mark.parametrize("name", [[], *([name] for name in SUBCOMMANDS)])
def test_the_help_of_every_command_is_vietnamese(name, capsys):
    with pytest.raises(SystemExit) as end:
        main([*name, "--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert shown.startswith("cách dùng: tienphuong") and "in hướng dẫn này rồi thoát" in shown
    assert not ENGLISH.search(re.sub(r"--?[\w-]+|\{[^}]*\}", "", shown)), shown


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["nothing"], "tienphuong: lỗi: LỆNH: không có 'nothing'; chọn một trong: 'demo', 'import'"),
        (["import"], "tienphuong import: lỗi: thiếu TỆP"),
        (["import", "a.csv", "--duplicates", "maybe"], "lỗi: --duplicates: không có 'maybe'; chọn một trong: 'link'"),
        (["import", "a.csv", "--area"], "lỗi: --area: cần một giá trị"),
        (["import", "a.csv", "--nothing"], "lỗi: không hiểu: --nothing"),
        (["import", "a.csv", "--dry-run=yes"], "lỗi: --dry-run: không nhận giá trị 'yes'"),
        (["import", "a.csv", "--s", "x"], "--s có thể là: --sender, --save-mapping; ghi đủ tên"),
        (["demo", "--seed", "x"], "lỗi: --seed: 'x' không phải số nguyên"),
        (["audit"], "tienphuong audit: lỗi: thiếu "),
        (["audit", "nothing"], "không có 'nothing'; chọn một trong:"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_vietnamese_with_exit_code_2(line, words, capsys):
    with pytest.raises(SystemExit) as end:
        main(line)
    shown = capsys.readouterr().err
    assert end.value.code == 2 and shown.startswith("cách dùng: tienphuong")
    assert words in shown and not ENGLISH.search(shown.rpartition("lỗi: ")[2].replace("'import'", "").partition("chọn")[0])


def test_every_sentence_that_argparse_may_say_about_a_line_has_its_words():
    parser = Parser(prog="x")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--one", action="store_true")
    group.add_argument("--two", nargs=2)
    parser.add_argument("--many", nargs="+")
    said = []
    parser.exit = lambda status=0, message=None: said.append(message)  # type: ignore[method-assign,assignment]
    for line in ([], ["--one", "--two", "a", "b"], ["--one", "--two", "a"], ["--one", "--many"]):
        try:
            parser.parse_args(line)
        except (argparse.ArgumentError, AttributeError, TypeError):
            continue
    words = " ".join(message.rpartition("lỗi: ")[2] for message in said)
    for part in ("cần một trong: --one --two", "không dùng cùng với", "cần 2 giá trị", "cần ít nhất một giá trị"):
        assert part in words
    assert in_vietnamese("can't open 'x': [Errno 2]") == "không mở được 'x': [Errno 2]"
    assert in_vietnamese("câu của sản phẩm") == "câu của sản phẩm"
