"""The log speaks in words: acts, subjects and facts, in the reader's language; reasons stay as they were written."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

import tienphuong
from tienphuong.web.audit_words import ACTS, act_words, facts_words, subject_words

PACKAGE = Path(tienphuong.__file__).parent


def _calls():
    """Every audit.record(...) of the package."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record" and node.args:
                yield path, node


def test_every_act_the_program_writes_has_its_words():
    written = {(path.name, node.args[0].value) for path, node in _calls() if isinstance(node.args[0], ast.Constant)}
    assert len(written) > 20
    assert {one for one in written if one[1] not in ACTS} == set()


def test_every_subject_the_program_writes_has_its_words():
    given = (word.value for _, node in _calls() for word in node.keywords if word.arg == "subject_kind")
    kinds = {value.value for value in given if isinstance(value, ast.Constant)}
    assert {kind for kind in kinds if subject_words(kind) == kind} == set()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"before": "suspected", "after": "confirmed", "outcome": ""}, "trước: ca bệnh nghi ngờ; sau: ca bệnh xác định"),
        ({"clinical": True, "papers": False}, "thấy thông tin bệnh: có; thấy số giấy tờ: không"),
        ({"score": 0.914, "reason": "cùng số định danh"}, "độ giống: 0,91; lý do: cùng số định danh"),
        (
            {"list": "cases", "filters": {"kq": "died", "tinh-trang": "open", "luc": "2021-08-24T16:00:00+07:00"}},
            "giờ chốt 16h00 ngày 24/8/2021",
        ),
        ({"list": "cases", "filters": {"q": "an", "at": "2021-08-24T16:00:00+07:00"}}, "16h00 ngày 24/8/2021"),
        ({"sections": ["tasks", "assessment"], "never_named": 3}, "các phần: tasks, assessment; never_named: 3"),
    ],
)
def test_facts_are_said_in_words(facts, words):
    with translation.override("vi"):
        assert words in facts_words(facts)


def test_an_english_reader_reads_english_but_the_reason_as_written():
    with translation.override("en"):
        assert facts_words({"reason": "cùng số định danh", "clinical": True}) == "reason: cùng số định danh; saw the diagnosis: yes"
        assert act_words("referral.sent") != "referral.sent"
