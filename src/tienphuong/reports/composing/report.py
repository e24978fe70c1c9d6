"""The daily report as a paper: parts and sections that have something to say, numbered in their order."""

from collections.abc import Sequence
from datetime import timedelta

from tienphuong.reports.composing import measures, situation
from tienphuong.reports.composing.appendices import Sheet, numbered, reference, sheets
from tienphuong.reports.composing.letterhead import letterhead
from tienphuong.reports.composing.view import FrozenFigures, moment_of
from tienphuong.reports.models import Snapshot
from tienphuong.reports.papers import Block, Heading, Level, Paper, WorkingCopy, para, wording
from tienphuong.reports.services import replaces
from tienphuong.reports.terms import MEASURES, Section

Titled = tuple[str, Sequence[Block]]


def compose_report(snapshot: Snapshot, *, steering: bool = False, working_copy: bool = False) -> Paper:
    """The paper of a frozen report; number, day and signature stay blank.

    `working_copy` marks every page and appends what is wrong with the figures, which the signed paper does not carry.
    """
    view = FrozenFigures.by(snapshot)
    head, found = letterhead(view, steering=steering), sheets(view)
    return Paper(
        kind="BÁO CÁO",
        subject=(f"Công tác phòng, chống dịch {view.disease} trên địa bàn {view.area}",),
        subject_note=f"số liệu tính {wording.period(view.since, end=view.until)}",
        parent_agency=head.parent,
        issuing_agency=head.issuing,
        issuer_name=head.issuer_name,
        symbol=head.symbol,
        place=view.content["area"]["name"],
        year=view.until.year,
        month=view.until.month,
        recipients=head.recipients,
        body=tuple(_body(snapshot, view, found)),
        signings=head.signings,
        distribution=head.distribution,
        appendices=numbered(found),
        working_copy=WorkingCopy(remarks=tuple(finding["text"] for finding in snapshot.quality)) if working_copy else None,
        made_at=snapshot.frozen_at,
    )


def _body(snapshot: Snapshot, view: FrozenFigures, found: Sequence[Sheet]) -> list[Block]:
    parts: list[Titled] = [
        ("Tình hình dịch", _sections(_situation(snapshot, view))),
        ("Các biện pháp đã triển khai", _sections(_measures(snapshot, view, found))),
        *(_narrative(snapshot, view)),
    ]
    body: list[Block] = [*_replacing(snapshot)]
    filled = [(title, blocks) for title, blocks in parts if blocks]
    for number, (title, blocks) in enumerate(filled, start=1):
        body += [Heading(Level.PART, wording.roman(number), title), *blocks]
    return body


def _situation(snapshot: Snapshot, view: FrozenFigures) -> list[Titled]:
    return [
        ("Ca mắc", situation.cases(view)),
        ("Chùm ca bệnh, ổ dịch", situation.clusters(view)),
        ("Bổ sung, điều chỉnh số liệu đã báo cáo", situation.corrections(view, stored=snapshot.corrections)),
    ]


def _measures(snapshot: Snapshot, view: FrozenFigures, found: Sequence[Sheet]) -> list[Titled]:
    return [
        _worded(Section.DIRECTION, snapshot),
        ("Truy vết, cách ly" if view.content["degrees"] else "Cách ly", measures.tracing(view)),
        ("Xét nghiệm", measures.samples(view, appendix=reference("samples", found))),
        *(_worded(section, snapshot) for section in MEASURES),
    ]


def _narrative(snapshot: Snapshot, view: FrozenFigures) -> list[Titled]:
    tomorrow = wording.short_day((view.until + timedelta(days=1)).date())
    parts = [_worded(section, snapshot) for section in (Section.ASSESSMENT, Section.DIFFICULTIES, Section.TASKS, Section.PROPOSALS)]
    return [(f"{title} ngày {tomorrow}" if title == Section.TASKS.label else title, blocks) for title, blocks in parts]


def _worded(section: Section, snapshot: Snapshot) -> Titled:
    return section.label, measures.words(snapshot.narrative.get(section, ""))


def _sections(candidates: Sequence[Titled]) -> list[Block]:
    """The sections that say something, numbered from 1."""
    blocks: list[Block] = []
    filled = [(title, body) for title, body in candidates if body]
    for number, (title, body) in enumerate(filled, start=1):
        blocks += [Heading(Level.SECTION, str(number), title), *body]
    return blocks


def _replacing(snapshot: Snapshot) -> list[Block]:
    before = replaces(snapshot)
    if before is None:
        return []
    cutoff, made = moment_of(snapshot.cutoff), moment_of(before.frozen_at)
    return [para(f"Báo cáo này thay thế báo cáo chốt số liệu {wording.hour_and_day(cutoff)}, lập lúc {wording.hour_and_day(made)}.")]
