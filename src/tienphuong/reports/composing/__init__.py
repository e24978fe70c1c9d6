"""From a frozen report to the paper an official signs, in the layout of the daily report. Only what the snapshot keeps is read."""

from tienphuong.reports.composing.report import compose_report

__all__ = ["compose_report"]
