"""Part II: tracing, quarantine and tests from the figures; everything else in the officer's words."""

from collections.abc import Iterator, Mapping

from tienphuong.quarantine.terms import QuarantineForm
from tienphuong.reports.composing.view import FrozenFigures
from tienphuong.reports.papers import Block, item, marked, para, wording


def tracing(view: FrozenFigures) -> list[Block]:
    """II.2: contacts by degree, arrivals, quarantine; a disease whose contacts are not traced has no degrees to tell."""
    return [item(text) for text in (*_degrees(view), *_arrivals(view), *_quarantine(view), *_checks(view))]


def _degrees(view: FrozenFigures) -> Iterator[str]:
    for degree, tally in view.content["degrees"].items():
        if tally["total"]:
            yield f"{view.degree_word(int(degree))}: {_watch(tally, who=f'f{degree}')}."


def _arrivals(view: FrozenFigures) -> Iterator[str]:
    for key, words in (("returnees", "Người về từ vùng dịch"), ("arrivals", "Người nhập cảnh về địa bàn")):
        if view.value(f"{key}_total"):
            tally = {name: view.value(f"{key}_{name}") for name in ("total", "new", "watched", "completed")}
            yield f"{words}: {_watch(tally, who=key)}."


def _watch(tally: Mapping[str, int], *, who: str) -> str:
    new, watched, completed, total = (
        marked(wording.number(tally[name]), figure=f"{who}_{name}") for name in ("new", "watched", "completed", "total")
    )
    return f"phát sinh trong ngày {new}; đang theo dõi, cách ly {watched}; hoàn thành {completed}; lũy kế {total} người"


def _quarantine(view: FrozenFigures) -> Iterator[str]:
    for form in QuarantineForm:
        tally = view.content["stays"].get(form)
        if tally and tally["total"]:
            where = _sites(view) if form is QuarantineForm.CENTRAL else ""
            words = form.label[0].upper() + form.label[1:]
            yield f"{words}: hiện có {_of(form, tally, 'current')} người{where}; {_stays(form, tally)}."


def _of(form: QuarantineForm, tally: Mapping[str, int], name: str) -> str:
    return marked(wording.number(tally[name]), figure=f"stays_{name}//{form}")


def _stays(form: QuarantineForm, tally: Mapping[str, int]) -> str:
    phrase = {"new": "mới trong ngày", "completed": "hoàn thành", "transferred": "chuyển tuyến", "left": "tự ý rời nơi cách ly"}
    parts = [f"{words} {_of(form, tally, key)}" for key, words in phrase.items() if tally[key] or key in ("new", "completed")]
    return f"{'; '.join(parts)}; lũy kế {_of(form, tally, 'total')} lượt"


def _sites(view: FrozenFigures) -> str:
    """' tại 5 khu, quy mô 1.416 chỗ': places are told only where every site tells them."""
    sites = view.content["sites"]
    places = [site["places"] for site in sites]
    phrase = f", quy mô {wording.number(sum(places))} chỗ" if places and None not in places else ""
    return f" tại {len(sites)} khu{phrase}" if sites else ""


def _checks(view: FrozenFigures) -> Iterator[str]:
    if view.value("follow_up_done") or view.value("follow_up_unreachable"):
        missed = f"; {view.n('follow_up_unreachable')} người không liên lạc được" if view.value("follow_up_unreachable") else ""
        yield f"Kiểm tra sức khỏe trong ngày: {view.n('follow_up_done')} người{missed}."


def samples(view: FrozenFigures, *, appendix: str) -> list[Block]:
    """II.3: samples taken and what came of them; `appendix` is where the groups are told ('' nowhere)."""
    if not view.value("samples_total"):
        return []
    unclear = f"; không xác định {view.n('samples_inconclusive')}" if view.value("samples_inconclusive") else ""
    more = f" Kết quả theo nhóm tại {appendix}." if appendix else ""
    text = (
        f"Trong ngày lấy {view.n('samples_new')} mẫu. {view.cumulative}: {view.n('samples_total')} mẫu; "
        f"âm tính {view.n('samples_negative')}; dương tính {view.n('samples_positive')}{unclear}; "
        f"chờ kết quả {view.n('samples_pending')}.{more}"
    )
    return [para(text)]


def words(text: str) -> list[Block]:
    """An officer's words: a line that opens with a dash or a plus becomes a dashed line, any other a paragraph."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [item(_finished(line.lstrip("-–+• "))) if line[0] in "-–+•" else para(_finished(line)) for line in lines]


def _finished(line: str) -> str:
    return line if line.endswith((".", ";", ":", "!", "?", "./.")) else f"{line}."
