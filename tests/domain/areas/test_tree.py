"""The tree in the database: loading, subtrees, hamlets, operational areas."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tienphuong.registry.areas.queries import ancestors_of, area_index, children_of, members_of
from tienphuong.registry.areas.services import AreaRefused, add_hamlet, add_operational_area, load_reference_areas
from tienphuong.registry.areas.terms import AreaKind, AreaLevel, CodeSystem
from tienphuong.registry.models.areas import Area, AreaParent, AreaSuccession

AUGUST_2021 = date(2021, 8, 24)
pytestmark = pytest.mark.usefixtures("tree")


def below(root: Area) -> set[int]:
    """The slow obvious twin: walk the parents down."""
    found, waiting = {root.pk}, [root.pk]
    while waiting:
        children = AreaParent.objects.filter(parent__in=waiting).values_list("area", flat=True)
        waiting = [child for child in children if child not in found]
        found |= set(waiting)
    return found


def test_loading_twice_changes_nothing():
    before = (list(Area.objects.order_by("id").values()), list(AreaParent.objects.order_by("id").values()), AreaSuccession.objects.count())
    assert load_reference_areas() == 0
    after = (list(Area.objects.order_by("id").values()), list(AreaParent.objects.order_by("id").values()), AreaSuccession.objects.count())
    assert before == after


def test_loading_again_corrects_a_spoiled_name_but_never_a_path(area):
    Area.objects.filter(code_system="gso-2019", code="00682").update(name="Lien Ninh", search_key="|x|")
    path = area("gso-2019:00682").path
    load_reference_areas()
    assert area("gso-2019:00682").name == "Liên Ninh"
    assert area("gso-2019:00682").path == path


def test_the_subtree_predicate_equals_walking_the_parents():
    for root in Area.objects.exclude(level=AreaLevel.COMMUNE):
        assert set(Area.objects.below(root.path).values_list("pk", flat=True)) == below(root), root


def test_the_hamlets_of_a_commune_are_in_the_subtree_of_its_district_and_city(area):
    hamlet = add_hamlet(area("gso-2019:00682"), name="Thọ Am")
    for key in ("gso-2019:00682", "gso-2019:020", "gso-2019:01", "gso-2019:VN"):
        assert Area.objects.below(area(key).path).filter(pk=hamlet.pk).exists()
    assert not Area.objects.below(area("gso-2019:009").path).filter(pk=hamlet.pk).exists()


def test_the_children_of_an_area_depend_on_the_day(viewer, area):
    thanh_xuan = area("gso-2019:009")
    assert len(children_of(viewer, area=thanh_xuan, on=AUGUST_2021)) == 11
    assert len(children_of(viewer, area=thanh_xuan, on=date(2025, 3, 1))) == 9
    assert children_of(viewer, area=thanh_xuan, on=date(2025, 7, 1)) == []
    nation = area("gso-2019:VN")
    assert [len(children_of(viewer, area=nation, on=day)) for day in (AUGUST_2021, date(2025, 3, 1), date(2025, 7, 1))] == [63, 63, 34]
    communes = children_of(viewer, area=area("qd19-2025:01"), on=date(2026, 11, 22))
    assert "Xã Nam Phù" in [commune.full_name for commune in communes]


def test_the_ancestors_of_a_commune_skip_the_district_since_2025(viewer, area):
    assert [str(a) for a in ancestors_of(viewer, area=area("gso-2019:00682"))] == ["Việt Nam", "Thành phố Hà Nội", "Huyện Thanh Trì"]
    assert [str(a) for a in ancestors_of(viewer, area=area("qd19-2025:00685"))] == ["Việt Nam", "Thành phố Hà Nội"]


def test_a_hamlet_is_written_once_however_it_is_spelled(area):
    lien_ninh = area("gso-2019:00682")
    tho_am = add_hamlet(lien_ninh, name="Thọ Am")
    assert add_hamlet(lien_ninh, name="THỌ AM").pk == tho_am.pk
    group = add_hamlet(lien_ninh, name="Số 5", kind=AreaKind.RESIDENTIAL_GROUP)
    assert add_hamlet(lien_ninh, name="05", kind=AreaKind.RESIDENTIAL_GROUP).pk == group.pk
    assert (tho_am.path, group.path) == (lien_ninh.path + "0001", lien_ninh.path + "0002")
    assert (tho_am.code_system, tho_am.code) == ("gso-2019", "00682.1")


def test_a_hamlet_below_a_district_or_of_the_wrong_kind_is_refused(area):
    with pytest.raises(AreaRefused, match="Thọ Am"):
        add_hamlet(area("gso-2019:020"), name="Thọ Am")
    with pytest.raises(AreaRefused):
        add_hamlet(area("gso-2019:00682"), name="Thọ Am", kind=AreaKind.WARD)


def test_a_written_hamlet_is_read_by_the_index(viewer, area):
    tho_am = add_hamlet(area("gso-2019:00682"), name="Thọ Am")
    reading = area_index(viewer, on=AUGUST_2021).resolve(address="ngõ 2, thôn Thọ Am, xã Liên Ninh, huyện Thanh Trì")
    assert (reading.area_id, reading.path, reading.level) == (tho_am.pk, tho_am.path, AreaLevel.HAMLET)


def test_a_cordon_lies_beside_the_tree_and_below_the_area_that_runs_it(viewer, area):
    thanh_tri, lien_ninh, dong_my = area("gso-2019:020"), area("gso-2019:00682"), area("gso-2019:00685")
    post = add_operational_area("Thọ Am", kind=AreaKind.FORWARD_POST, under=thanh_tri, members=[lien_ninh, dong_my], valid_from=AUGUST_2021)
    assert post.full_name == "Sở Chỉ huy tiền phương Thọ Am"
    assert post.path.startswith(thanh_tri.path) and post.code_system == CodeSystem.OPERATIONAL
    assert members_of(viewer, operational=post, on=AUGUST_2021) == sorted([lien_ninh, dong_my], key=lambda a: a.path)
    assert members_of(viewer, operational=post, on=date(2021, 8, 1)) == []
    assert post not in children_of(viewer, area=thanh_tri, on=AUGUST_2021)
    assert area_index(viewer, on=AUGUST_2021).resolve(district="Thanh Trì", commune="Thọ Am").area_id == thanh_tri.pk


def test_an_official_kind_is_no_operational_area(area):
    with pytest.raises(AreaRefused, match="Xã"):
        add_operational_area("Thọ Am", kind=AreaKind.COMMUNE, under=area("gso-2019:020"), valid_from=AUGUST_2021)


def test_two_areas_of_one_list_may_not_share_a_code():
    line = Area.objects.filter(code="00682", code_system="gso-2019").values().get()
    line |= {"id": None, "path": "9999"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(**line)
