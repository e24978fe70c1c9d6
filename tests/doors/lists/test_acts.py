"""What officers do on these pages: checks recorded and taken back, hand-overs answered, records merged and separated, the chain checked."""

import pytest
from django.urls import reverse

from tienphuong.core.models import AuditEntry

pytestmark = pytest.mark.django_db


def counts(client):
    return {value: number for _cell, number, value in client.get(reverse("follow_up")).context["counts"]}


def record(client, uids, state):
    return client.post(reverse("follow_up_record"), {"pick": uids, "day": "2021-08-24", "disease": "covid-19", "state": state})


def test_checks_are_recorded_in_bulk_and_can_be_taken_back_and_recorded_again(at_lans, world):
    uids = [row.key for row in at_lans.get(reverse("follow_up")).context["rows"][:3]]
    before = counts(at_lans)
    assert before["done"] == 0
    record(at_lans, uids, "done")
    assert counts(at_lans) == before | {"done": 3, "due": before["due"] - 3}
    record(at_lans, uids, "due")
    assert counts(at_lans) == before
    record(at_lans, uids, "done")
    assert counts(at_lans)["done"] == 3


def test_a_day_that_is_over_leaves_nobody_due_but_missed(at_lans):
    page = at_lans.get(reverse("follow_up"), {"day": "2021-08-23"})
    states = {value: number for _cell, number, value in page.context["counts"]}
    assert states["due"] == 0
    assert states["missed"] > 0


def test_an_officer_of_another_district_records_nothing_for_ours(at_minhs, world, at_lans):
    record(at_minhs, [str(world.contacts[0].uid)], "done")
    assert counts(at_lans)["done"] == 0


def test_the_receiving_district_takes_a_person_on_or_returns_him_with_a_reason(at_minhs, world):
    waiting = at_minhs.get(reverse("referrals")).context["open_rows"]
    address = reverse("referral_answer", args=[waiting[0]["key"]])
    at_minhs.post(address, {"act": "return", "answer": " "})
    assert at_minhs.get(reverse("referrals")).context["open_rows"], "a return without a reason is not accepted"
    at_minhs.post(address, {"act": "return", "answer": "không cư trú tại địa bàn"})
    page = at_minhs.get(reverse("referrals"))
    assert not page.context["open_rows"]
    assert "không cư trú tại địa bàn" in page.content.decode()


def test_an_answer_that_is_neither_writes_nothing(at_minhs):
    waiting = at_minhs.get(reverse("referrals")).context["open_rows"]
    assert at_minhs.post(reverse("referral_answer", args=[waiting[0]["key"]]), {"answer": "vì sao"}).status_code == 404
    assert at_minhs.get(reverse("referrals")).context["open_rows"] == waiting


def test_only_the_receiving_side_answers(at_lans, at_minhs):
    waiting = at_minhs.get(reverse("referrals")).context["open_rows"]
    assert at_lans.post(reverse("referral_answer", args=[waiting[0]["key"]]), {"act": "accept"}).status_code == 404


def test_two_records_are_merged_and_separated_again(at_lans, world):
    proposal = world.proposals[0]
    page = at_lans.get(reverse("duplicates"))
    assert {row["likeness"] for row in page.context["rows"]} >= {"different"}
    at_lans.post(reverse("duplicate_decide", args=[proposal.pk]), {"act": "same", "reason": "cùng số định danh"})
    page = at_lans.get(reverse("duplicates"))
    assert page.context["queue"].total == 0
    merge = page.context["done"][0]
    at_lans.post(reverse("merge_undo", args=[merge.id]), {"reason": "hai chị em sinh đôi"})
    page = at_lans.get(reverse("duplicates"))
    assert page.context["queue"].total == 1
    assert page.context["done"][0].undone_reason == "hai chị em sinh đôi"


def test_a_pair_of_another_district_cannot_be_opened_or_decided(at_minhs, world):
    proposal = world.proposals[0]
    assert at_minhs.get(reverse("duplicate", args=[proposal.pk])).status_code == 404
    assert at_minhs.post(reverse("duplicate_decide", args=[proposal.pk]), {"act": "same"}).status_code == 404


def test_the_inspector_checks_the_chain_and_a_changed_entry_shows(at_the_inspectors):
    page = at_the_inspectors.post(reverse("audit_verify"), follow=True).content.decode()
    assert "nguyên vẹn" in page
    AuditEntry.objects.filter(sequence=1).update(actor_name="người khác")
    page = at_the_inspectors.post(reverse("audit_verify"), follow=True).content.decode()
    assert "Bản ghi số 1" in page


def test_the_page_of_a_case_tells_reasons_pictures_and_the_same_as_a_table(at_lans, world):
    page = at_lans.get(reverse("person", args=[world.cases[1].uid]))
    drawn = {picture.name: picture for picture in page.context["pictures"]}
    assert set(drawn) == {"contacts", "tree"}
    assert drawn["contacts"].rows
    chain = at_lans.get(reverse("person", args=[world.contacts[3].uid])).context["chain"]
    assert [step["degree"] for step in chain][-1] == 0


@pytest.mark.parametrize("submitted", [{}, {"act": ""}, {"act": "nonsense"}])
def test_a_decision_that_says_neither_writes_nothing(at_lans, world, submitted):
    proposal = world.proposals[0]
    page = at_lans.post(reverse("duplicate_decide", args=[proposal.pk]), submitted, follow=True)
    proposal.refresh_from_db()
    assert proposal.state == "open" and "chưa ghi gì" in page.content.decode()
    assert not AuditEntry.objects.filter(act__startswith="match.d").exists()


def test_a_page_is_compressed_for_who_takes_it(at_lans):
    page = at_lans.get(reverse("cases"), headers={"accept-encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip" and page.content[:2] == b"\x1f\x8b"
