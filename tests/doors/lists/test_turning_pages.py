"""Turning the pages of a list in the browser, and taking a long one away."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tienphuong.core import keyset
from tienphuong.core.models import AuditEntry
from tienphuong.web import taking_out
from tienphuong.web.list_page import ListPage

pytestmark = pytest.mark.django_db
PAGED = ("cases", "contacts", "follow_up")


@pytest.fixture(params=[0, keyset.FEW], ids=["walked", "sorted"])
def short(request, monkeypatch):
    """Pages of two lines, of a list walked along its index or sorted."""
    monkeypatch.setattr(keyset, "FEW", request.param)
    made = ListPage.__init__

    def two_lines(self, *given, **named):
        made(self, *given, **{**named, "size": 2})

    monkeypatch.setattr(ListPage, "__init__", two_lines)


def _beside(page, way):
    """Where the link to the page beside this one leads; '' without one."""
    found = re.search(rf'rel="{way}" href="([^"]+)"', page.content.decode())
    return unescape(found[1]) if found else ""


def _people(page):
    return re.findall(r'<tr data-href="([^"]+)"', page.content.decode())


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("name", PAGED)
def test_the_links_lead_through_the_whole_list_and_back(at_lans, name):
    page = at_lans.get(reverse(name))
    total, seen, pages = page.context["total"], _people(page), [page]
    assert not _beside(page, "prev")
    while following := _beside(pages[-1], "next"):
        pages.append(at_lans.get(reverse(name) + following))
        seen += _people(pages[-1])
    assert len(seen) == total > 2
    back = at_lans.get(reverse(name) + _beside(pages[-1], "prev"))
    assert _people(back) == _people(pages[-2])


@pytest.mark.usefixtures("short")
def test_narrowing_and_sorting_begin_at_the_first_page(at_lans):
    page = at_lans.get(reverse("cases"))
    second = at_lans.get(reverse("cases") + _beside(page, "next")).content.decode()
    headings = re.findall(r'<th scope="col"[^>]*><a href="([^"]+)"', second)
    assert headings
    assert not any("cursor" in unescape(address) for address in headings)
    assert 'name="cursor"' not in second


def test_a_place_that_is_none_is_the_first_page_with_a_remark(at_lans, at_lans_in_english):
    page = at_lans.get(reverse("cases"), {"cursor": "abc"})
    assert page.status_code == 200
    assert _people(page) == _people(at_lans.get(reverse("cases")))
    assert "đây là trang đầu của danh sách" in page.content.decode()
    assert "this is the first page of the list" in at_lans_in_english.get(reverse("cases"), {"cursor": "abc"}).content.decode()


@pytest.mark.usefixtures("short")
def test_a_place_is_not_written_into_the_audit(at_lans):
    page = at_lans.get(reverse("cases"))
    at_lans.get(reverse("cases") + _beside(page, "next"))
    assert not any("cursor" in entry.facts["filters"] for entry in AuditEntry.objects.filter(act="list.viewed"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_long_export_leaves_in_pieces_and_is_the_same_file(at_lans, kind, monkeypatch):
    short = at_lans.get(reverse("cases"), {"format": kind})
    monkeypatch.setattr(taking_out, "IN_MEMORY", 10)
    monkeypatch.setattr(taking_out, "A_PART", 2)
    answer = at_lans.get(reverse("cases"), {"format": kind})
    assert answer.streaming
    assert answer.headers["Content-Disposition"] == short.headers["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    assert _lines(content, kind) == _lines(short.content, kind)
    shown = [entry.facts["shown"] for entry in AuditEntry.objects.filter(act="list.exported")]
    assert shown[0] == shown[1] == len(_lines(content, kind)) - 4


def _lines(content, kind):
    if kind == "csv":
        return content.decode("utf-8-sig").splitlines()
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
