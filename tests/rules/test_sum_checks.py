"""Closing identities: the sums of a report that must hold."""

from tienphuong.reports.sum_checks import SumCheck, broken


def test_thanh_tri_closes_and_one_case_less_does_not():
    figures = {"cases_total": 272, "cases_recovered": 51, "cases_in_treatment": 221, "deaths": 0, "cases_transferred": 0}
    assert broken(figures) == []
    (found,) = broken(figures | {"cases_in_treatment": 220})
    assert found.difference == 1 and str(found) == "51 + 220 + 0 + 0 = 271 ≠ 272"


def test_figures_nobody_told_break_nothing():
    assert broken({"cases_total": 272}, [SumCheck("cases_total", ("cases_recovered",))]) == []
