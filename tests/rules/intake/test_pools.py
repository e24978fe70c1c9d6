"""A pool's result is nobody's own; the person's own stands under a heading that says so."""

import pytest
from tests.rules.intake.rows import facts, remarked

from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.mapping.wording import header_scores

POOL = {"pool_id": "G02", "sampled_on": "23/8/2021", "sample_code": "NH003"}


def _samples(**cells: str) -> list[tuple[str, str, str]]:
    return [(lab.kind, lab.result, lab.code) for lab in facts("lab_results", labels={"result": "KQ mẫu đơn"}, **POOL, **cells).labs]


def test_the_person_s_own_answer_is_a_sample_of_its_own_beside_the_tube():
    own = ("single", "positive", "NH003")
    assert _samples(pool_result="Dương tính", result="Dương tính", ct="24.5") == [own, ("pooled", "positive", "")]
    assert _samples(result="Dương tính", ct="24.5") == [own]
    assert _samples(pool_result="Dương tính", result="Âm tính") == [("single", "negative", "NH003"), ("pooled", "positive", "")]


@pytest.mark.parametrize("own", ["", "chờ kết quả", "chờ tách gộp"])
def test_a_pool_alone_makes_nobody_positive(own: str):
    cells = {"result": own} if own else {}
    assert _samples(pool_result="Dương tính", **cells) == [("pooled", "positive", "NH003")]
    assert _samples(pool_result="Âm tính", **cells) == [("pooled", "negative", "NH003")]


def test_a_positive_tube_opens_no_case():
    row = facts("lab_results", **POOL, pool_result="Dương tính", case_no="TX12")
    assert (row.cases, remarked(row)) == ([], [])
    assert remarked(facts("lab_results", **POOL, pool_result="+/-"), of="pool_result") == ["+/-"]


@pytest.mark.parametrize("label", ["Kết quả gộp", "KQ gộp", "KQ mẫu gộp", "Kết quả XN mẫu gộp", "Pool result"])
def test_a_heading_of_a_pool_s_result_is_no_person_s(label: str):
    scores = header_scores(label)
    assert max(scores, key=lambda one: scores[one]) is F.POOL_RESULT


@pytest.mark.parametrize(
    "label", ["KQ mẫu đơn", "Kết quả mẫu đơn", "Kết quả cá nhân", "KQ cá nhân", "Individual result", "Kết quả tách gộp", "Kết quả"]
)
def test_a_heading_of_the_person_s_own_result(label: str):
    scores = header_scores(label)
    assert max(scores, key=lambda one: scores[one]) is F.RESULT
