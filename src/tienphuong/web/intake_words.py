"""Words of cells that nobody but their sender knows: asked once for all rows, remembered for the sender, changed and taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tienphuong.intake.previews import file_of
from tienphuong.intake.questions import meaning_of, meanings
from tienphuong.intake.services.answering import Cell, NoSuchAnswer, forget_word, remember_word
from tienphuong.intake.terms import FileState
from tienphuong.web.intake_work import check_in_background
from tienphuong.web.listing import page_number
from tienphuong.web.middleware import OfficerRequest

A_PAGE = 50


@require_GET
def intake_words(request: OfficerRequest) -> HttpResponse:
    """The words officers explained, with who and when; those taken back stand among them."""
    number = page_number(request)
    found = meanings(request.viewer, start=(number - 1) * A_PAGE, size=A_PAGE)
    page = Paginator(range(found.total), A_PAGE).get_page(number)
    return render(request, "intake/words.html", {"meanings": found.lines, "page": page, "total": found.total})


@require_POST
def intake_answers(request: OfficerRequest, file_id: UUID) -> HttpResponse:
    """What the officer says the asked cells of a file mean; then the file is checked again."""
    line = file_of(request.viewer, file_id=file_id)
    if line is None:
        raise Http404
    number = _remember_all(request, line.file)
    if number and line.state == FileState.CHECKED:
        check_in_background.enqueue(str(file_id), str(request.viewer.user_id), request.at.isoformat())
        messages.success(request, _("Đã nhớ %(n)s cách hiểu cho đơn vị gửi. Đang kiểm tra lại.") % {"n": number})
    elif number:
        messages.success(request, _("Đã nhớ %(n)s cách hiểu cho các tệp sau; dòng đã ghi của tệp này không đổi.") % {"n": number})
    return redirect("intake_file", file_id=file_id)


def _remember_all(request: OfficerRequest, file: Any) -> int:
    """Keep every answer given; how many there were."""
    kinds, texts, words = (request.POST.getlist(name) for name in ("kind", "text", "word"))
    given = [(kind, text, word) for kind, text, word in zip(kinds, texts, words, strict=False) if word]
    try:
        for kind, text, word in given:
            remember_word(Cell(file.sender, file.area_path, kind, text), word=word, actor=request.viewer, at=request.at)
    except NoSuchAnswer:
        messages.error(request, _("Câu trả lời không có trong danh mục. Chọn lại."))
        return 0
    return len(given)


@require_POST
def intake_word(request: OfficerRequest, number: UUID) -> HttpResponse:
    """Change what a remembered word means, or take it back."""
    word = request.POST.get("word", "")
    if not word:
        return _forgotten(request, number)
    known = meaning_of(request.viewer, number=number)
    if known is None:
        raise Http404
    kept = known.record
    try:
        remember_word(Cell(kept.sender, kept.area_path, kept.kind, kept.written), word=word, actor=request.viewer, at=request.at)
    except NoSuchAnswer:
        messages.error(request, _("Câu trả lời không có trong danh mục. Chọn lại."))
        return redirect("intake_words")
    messages.success(request, _("Đã đổi cách hiểu; áp dụng cho các tệp kiểm tra từ nay."))
    return redirect("intake_words")


def _forgotten(request: OfficerRequest, number: UUID) -> HttpResponse:
    if forget_word(number, actor=request.viewer, at=request.at) is None:
        messages.warning(request, _("Cách hiểu này đã được rút trước đó."))
    else:
        messages.success(request, _("Đã rút; lần sau ô này lại được hỏi."))
    return redirect("intake_words")
