"""From figures to what people read: the paper an official signs, the terminal's table, the keys other programs ask for.

A paper is composed from a frozen report alone, so that printing it again says the same.
"""

from tienphuong.reports.composing.plain import figures_json, situation_text
from tienphuong.reports.composing.rendering import render_report
from tienphuong.reports.composing.report import compose_report

__all__ = ["compose_report", "figures_json", "render_report", "situation_text"]
