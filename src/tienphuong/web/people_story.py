"""A person's story as pages draw it: one line of time, and the pictures of contacts and of transmission."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tienphuong.cases.queries.samples import SampleLine
from tienphuong.cases.terms import LabOutcome
from tienphuong.core import clock
from tienphuong.procedures.open_person import Dossier
from tienphuong.quarantine.queries import StayLine
from tienphuong.quarantine.terms import QuarantineForm, StayState
from tienphuong.tracing.queries.histories import ArrivalLine
from tienphuong.tracing.queries.pictures import NeighbourhoodView, NodeLine, TransmissionView
from tienphuong.tracing.terms import ContactKind, FollowUpState
from tienphuong.web import formats
from tienphuong.web import pictures as p
from tienphuong.web.cells import name_of, person_href, word_cell
from tienphuong.web.contacts import reason_words
from tienphuong.web.phrasebook import translated
from tienphuong.web.templatetags.post import label

Line = dict[str, object]


def story(dossier: Dossier) -> list[Line]:
    """Everything that has a moment, newest first."""
    lines = [
        *_cases(dossier),
        *_degrees(dossier),
        *_samples(dossier),
        *_stays(dossier),
        *_arrivals(dossier),
        *_checks(dossier),
        *_merges(dossier),
    ]
    return sorted(lines, key=lambda line: _moment(line), reverse=True)


def record_kind_words(kind: str) -> str:
    """What a record of a case is about."""
    names = {
        "classification": _("Phân loại"),
        "outcome": _("Kết quả"),
        "investigation": _("Điều tra"),
        "attribution_residence": _("Nơi ở lúc phát hiện"),
        "attribution_detection": _("Nơi phát hiện"),
        "attribution_treatment": _("Nơi điều trị"),
    }
    return names.get(kind, kind)


def cause_words(cause: str) -> str:
    """What made the post think again about a degree."""
    causes = {
        "confirmed": _("có ca bệnh được xác định"),
        "refuted": _("ca bệnh bị loại trừ"),
        "late_contact": _("có thêm lần tiếp xúc"),
        "correction": _("đính chính"),
        "recheck": _("kiểm tra lại toàn bộ"),
        "merged": _("gộp hồ sơ"),
        "unmerged": _("tách hồ sơ"),
        "file": _("áp dụng tệp"),
        "file_withdrawn": _("rút tệp đã nhập"),
    }
    return causes.get(cause, cause)


def _moment(line: Line) -> datetime:
    at, day = line.get("at"), line.get("day")
    if isinstance(at, datetime):
        return at
    return datetime.combine(day, time(), clock.VIETNAM) if isinstance(day, date) else datetime.min.replace(tzinfo=clock.VIETNAM)


def _when(day: date | None, entry: SampleLine | StayLine | ArrivalLine) -> Line:
    """The day a list gave; without one, when the list came, which is no day of the fact."""
    return {"day": day} if day else {"at": entry.reported_at, "received": entry.recorded_at}


def _cases(dossier: Dossier) -> Iterator[Line]:
    for case in dossier.cases:
        number = case.aliases[0] if case.aliases else ""
        for record in case.records:
            if record.kind == "classification" and record.words:
                rests_on = [_("chưa rõ căn cứ")] if record.unfounded else [label(word) for word in record.words[1:]]
                detail = " · ".join([number, *rests_on, translated(record.reason)])
                yield {
                    "at": record.moment,
                    "received": record.recorded_at if record.undated else None,
                    "words": label(record.words[0]).capitalize(),
                    "detail": detail.strip(" ·"),
                    "level": "danger",
                }
            elif record.kind == "outcome" and record.words:
                yield {
                    "at": record.moment,
                    "received": record.recorded_at if record.undated else None,
                    "words": label(record.words[0]).capitalize(),
                    "detail": " · ".join([*record.places, translated(record.reason)]).strip(" ·"),
                    "level": "success" if record.words[0] == "recovered" else "",
                }
        if case.onset_on:
            yield {"day": case.onset_on, "words": _("Khởi phát"), "detail": number, "level": "warning"}


def _degrees(dossier: Dossier) -> Iterator[Line]:
    language = get_language() or "vi"
    for line in dossier.degrees:
        if line.degree:
            why = reason_words(line.reason, degree=line.degree, language=language)
            yield {"at": line.known_from, "words": _("Xếp diện F%(degree)s") % {"degree": line.degree}, "detail": why, "level": "warning"}


def _samples(dossier: Dossier) -> Iterator[Line]:
    for sample in dossier.samples:
        result = word_cell(sample.results[0].result if sample.results else LabOutcome.PENDING, LabOutcome).words
        when = _when(sample.taken_on, sample)
        yield {**when, "words": _("Lấy mẫu"), "detail": " · ".join(part for part in (sample.code, result) if part), "level": ""}


def _stays(dossier: Dossier) -> Iterator[Line]:
    for stay in dossier.stays:
        form, state = word_cell(stay.form, QuarantineForm).words, word_cell(stay.state, StayState).words
        when = _when(stay.started_on, stay)
        yield {**when, "words": form.capitalize(), "detail": " · ".join(part for part in (stay.place, state) if part), "level": ""}


def _arrivals(dossier: Dossier) -> Iterator[Line]:
    for arrival in dossier.arrivals:
        when = _when(arrival.arrived_on, arrival)
        yield {**when, "words": _("Về từ %(place)s") % {"place": arrival.from_place}, "detail": arrival.transport, "level": ""}


def _checks(dossier: Dossier) -> Iterator[Line]:
    for check in dossier.checks:
        degrees = f"{formats.number(float(check.temperature), language=get_language() or 'vi', decimals=1)} °C" if check.temperature else ""
        words = word_cell(check.state, FollowUpState).words
        detail = " · ".join(part for part in (words, degrees, check.symptoms, translated(check.reason)) if part)
        yield {"day": check.day, "words": _("Theo dõi trong ngày"), "detail": detail, "level": "success" if check.state == "done" else ""}


def _merges(dossier: Dossier) -> Iterator[Line]:
    for merge in dossier.identity.merges:
        yield {
            "at": merge.at,
            "words": _("Gộp hồ sơ"),
            "detail": f"{name_of(merge.kept)} ← {name_of(merge.absorbed)}. {translated(merge.reason)}",
            "level": "",
        }
        if merge.undone_at:
            yield {"at": merge.undone_at, "words": _("Tách hồ sơ"), "detail": translated(merge.undone_reason), "level": ""}


def person_pictures(dossier: Dossier) -> list[p.Picture]:
    """The contacts around the person, and who may have infected whom."""
    found = []
    if dossier.neighbourhood and len(dossier.neighbourhood.nodes) > 1:
        found.append(_network(dossier, dossier.neighbourhood))
    if dossier.transmission:
        found.append(_tree(dossier.transmission))
    return found


def _network(dossier: Dossier, view: NeighbourhoodView) -> p.Picture:
    language = get_language() or "vi"
    nodes = [_node(node, degree=node.degree if node.degree is not None else 3 + node.hop) for node in view.nodes]
    by_number = {node.person.number: str(node.person.uid) for node in view.nodes}
    edges = []
    for link in view.links:
        last = formats.day(link.last, language=language) if link.last else ""
        words = ", ".join(part for part in (word_cell(link.kind, ContactKind).words if link.kind else "", last) if part)
        edges.append(p.Edge(by_number[link.a], by_number[link.b], words))
    note = _("hai bước tiếp xúc; %(count)s người nữa không vẽ") % {"count": view.folded} if view.folded else _("hai bước tiếp xúc")
    root = str(dossier.identity.person.uid)
    return p.network(name="contacts", title=_("Mạng tiếp xúc"), nodes=nodes, edges=edges, root=root, note=note)


def _tree(view: TransmissionView) -> p.Picture:
    by_number = {node.person.number: str(node.person.uid) for node in view.nodes}
    known, guessed = _("nguồn lây theo điều tra"), _("suy từ lần tiếp xúc và ngày mắc")
    edges = [p.Edge(by_number[i.source], by_number[i.target], known if i.sure else guessed, sure=i.sure) for i in view.infections]
    note = _("nét đứt: suy từ lần tiếp xúc và ngày mắc, chưa điều tra")
    return p.transmission_tree(
        name="tree", title=_("Cây lây truyền"), nodes=[_node(node, degree=0) for node in view.nodes], edges=edges, note=note
    )


def _node(node: NodeLine, *, degree: int) -> p.Node:
    standing = f"F{node.degree}" if node.degree is not None else ""
    words = " · ".join(part for part in (standing, node.number, node.person.area) if part)
    return p.Node(str(node.person.uid), node.number or name_of(node.person), degree, words, person_href(node.person))
