"""The heart of the spine: from the communes' messy files to the published figures, exactly."""

import json
from collections import Counter

import pytest

from demodistrict.generator import generate
from tienphuong.cases.models import CaseState
from tienphuong.core.access.viewer import system_viewer
from tienphuong.core.models.records import OPEN_END
from tienphuong.core.policy import pack
from tienphuong.core.text.fold import fold
from tienphuong.intake.models import IntakeFile, IntakeRow
from tienphuong.intake.services.applying import apply_file
from tienphuong.intake.services.checking import check_file
from tienphuong.intake.services.receive import receive_file
from tienphuong.registry.models import Person
from tienphuong.tracing.models import Arrival, DegreeRecord

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def district(settings, tmp_path, areas, at):
    """Take every file of a scenario's first day in, in the order they came: district(scenario, seed, policy, district) -> key."""
    settings.MEDIA_ROOT = tmp_path / "kept"

    def make(scenario, seed, policy, code, when, disease="covid-19"):
        generate(scenario, seed, None, tmp_path)
        key = json.loads((tmp_path / "answer_key.json").read_text("utf-8"))
        here = areas[code]
        communes = {fold(area.name): area for area in areas.values() if area.level == "commune" and area.path.startswith(here.path)}
        for sent in key["files"]:
            of = next(
                (area for name, area in communes.items() if name in fold(sent["sender"]) and "huyen" not in fold(sent["sender"])), here
            )
            told = {"sender": sent["sender"], "area": of, "disease": disease, "actor": system_viewer(), "at": when}
            file = receive_file(tmp_path / "files" / sent["file"], sent["file"], **told)
            check_file(file)
            apply_file(file, actor=system_viewer(), at=when, policy=pack(policy))
        return key

    return make


def believed():
    return CaseState.objects.filter(known_to=OPEN_END, case__duplicate_of=None)


def degrees():
    return Counter(DegreeRecord.objects.filter(known_to=OPEN_END).values_list("degree", flat=True))


def rings(figures):
    """People of each ring, whether they live in the district or elsewhere."""
    return {ring: figures[f"f{ring}_total"] + figures.get(f"f{ring}_elsewhere", 0) for ring in range(1, 6) if f"f{ring}_total" in figures}


@pytest.mark.parametrize("seed", [7, 2021])
def test_thanh_tri_comes_out_at_the_published_figures(district, areas, at, seed):
    key = district("thanh-tri-2021", seed, "vn-2021-07-30", "020", at)
    figures = key["figures"]
    classes = Counter(believed().values_list("classification", flat=True))
    assert classes == {
        "confirmed": figures["cases_total"],
        "probable": figures["probable"],
        "suspected": figures["suspected"],
        "refuted": figures["refuted"],
    }
    confirmed = believed().filter(classification="confirmed")
    assert Counter(confirmed.values_list("outcome", flat=True)) == {"recovered": 51, "in_treatment": 221}
    paths = {areas[code].path: code for code in figures["cases_by_commune"]}
    by_commune = Counter(paths[path[:16]] for path in confirmed.values_list("area_path", flat=True))
    assert by_commune == {code: number for code, number in figures["cases_by_commune"].items() if number}
    assert by_commune["00682"] == 136
    assert len(by_commune) == 14
    assert confirmed.filter(onset_on=None).count() == figures["cases_without_onset"]
    assert {ring: degrees()[ring] for ring in (1, 2)} == rings(figures)
    assert Arrival.objects.count() == figures["returnees_total"]
    _every_known_person_is_one_record(key)
    _the_copy_changed_nothing(key)


def _every_known_person_is_one_record(key):
    """No record stands for two people of the key; and hardly anybody, none of them a case or a contact, has two records."""
    rows = {(row.sheet.file.name, row.sheet.name, row.number, row.part): row for row in IntakeRow.objects.select_related("sheet__file")}
    identity = dict(Person.objects.values_list("pk", "identity_id"))
    people_of = {}
    for sent in key["files"]:
        for sheet in sent["sheets"]:
            for line in sheet["rows"]:
                people = [line["person"], *line["also"]] if line.get("person") and line["kind"] not in ("pool", "event") else []
                for part, who in enumerate(people):
                    row = rows.get((sent["file"], sheet["sheet"], line["row"], part))
                    if row is not None and row.person_id:
                        people_of.setdefault(identity[row.person_id] or row.person_id, set()).add(who)
    assert [who for who in people_of.values() if len(who) > 1] == []


def _the_copy_changed_nothing(key):
    copies = [sent for sent in key["files"] if sent["copy_of"]]
    assert copies
    assert not IntakeFile.objects.filter(name__in=[sent["file"] for sent in copies]).exists()


def test_march_2020_counts_to_the_fifth_degree(district):
    from datetime import UTC, datetime

    key = district("thanh-xuan-2020", 7, "vn-2020-03", "009", datetime(2020, 3, 19, 10, tzinfo=UTC))
    assert Counter(believed().values_list("classification", flat=True)) == {
        "confirmed": key["figures"]["cases_total"],
        "suspected": key["figures"]["suspected"],
    }
    assert {ring: degrees()[ring] for ring in range(1, 6)} == rings(key["figures"])
    assert Arrival.objects.count() == key["figures"]["returnees_total"]


def test_dengue_has_no_contacts_and_a_definition_of_its_own(district):
    from datetime import UTC, datetime

    key = district("thanh-xuan-2026", 7, "vn-2026-07", "009", datetime(2026, 11, 16, 10, tzinfo=UTC), disease="dengue")
    confirmed = believed().filter(classification="confirmed")
    assert confirmed.count() == key["figures"]["cases_total"]
    assert confirmed.filter(outcome="recovered").count() == key["figures"]["cases_recovered"]
    assert set(degrees()) == {0}
