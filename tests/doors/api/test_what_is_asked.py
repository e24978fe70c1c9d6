"""The catalogue, the areas, the description of the door itself; and how a no is said."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from tienphuong.core.access.terms import Permission, Role
from tienphuong.reports.catalogue import INDICATORS


def test_the_catalogue_is_the_one_of_the_reports(machine, hoa):
    told = machine(hoa).get("/api/v1/indicators").json()
    assert [one["key"] for one in told] == [one.key for one in INDICATORS]
    total = told[0]
    assert (total["label"], total["unit"], total["cumulative"]) == ("Ca mắc lũy kế", "ca", True)
    assert total["definition"] == INDICATORS[0].definition


def test_an_account_that_may_not_see_the_board_is_told_which_permission_is_missing(machine, officer):
    answer = machine(officer("Tam", Role.COVID_TEAM, "00682")).get("/api/v1/indicators")
    assert answer.status_code == 403
    told = answer.json()
    assert told["permission"] == {"key": "see_board", "label": "xem bảng chỉ huy", "label_en": "see the command board"}
    assert told["reason"] == "Tài khoản không có quyền xem bảng chỉ huy."
    assert "quản trị hệ thống" in told["remedy"]


def test_an_area_is_found_without_accents_and_with_its_days(machine, hoa):
    found = machine(hoa).get("/api/v1/areas", {"text": "lien ninh", "on": "2021-08-24"}).json()
    best = found[0]["area"]
    assert (best["code"], best["full_name"], best["population"]) == ("00682", "Xã Liên Ninh", 16121)
    assert best["valid_from"] <= "2021-08-24"
    assert found[0]["reason"] == "đúng tên"


def test_without_a_day_areas_are_those_of_the_posts_own_day(machine, hoa):
    ask = machine(hoa).get
    assert ask("/api/v1/areas", {"text": "thanh trì"}).json() == ask("/api/v1/areas", {"text": "thanh trì", "on": "2021-08-24"}).json()


def test_areas_of_one_level_only(machine, hoa):
    found = machine(hoa).get("/api/v1/areas", {"text": "thanh trì", "level": "district", "on": "2021-08-24"}).json()
    assert {one["area"]["level"] for one in found} == {"district"}


@pytest.mark.parametrize(
    ("asked", "name", "value", "reason", "remedy"),
    [
        ({}, "text", None, "Thiếu giá trị bắt buộc", "Ghi thêm “text”."),
        ({"text": ""}, "text", "", "Để trống hoặc quá ngắn", "Ghi ít nhất 1 ký tự."),
        ({"text": "a", "on": "24/8/2021"}, "on", "24/8/2021", "Không phải ngày", "Viết năm-tháng-ngày, ví dụ 2021-08-24."),
        ({"text": "a", "limit": "nhiều"}, "limit", "nhiều", "Không phải số nguyên", "Ghi một số nguyên, ví dụ 50."),
        ({"text": "a", "limit": "0"}, "limit", "0", "Nhỏ hơn mức cho phép", "Ghi số từ 1 trở lên."),
        ({"text": "a", "limit": "101"}, "limit", "101", "Lớn hơn mức cho phép", "Ghi số không quá 100."),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_remedy(machine, hoa, asked, name, value, reason, remedy):
    answer = machine(hoa).get("/api/v1/areas", asked)
    assert answer.status_code == 422
    assert answer.json()["faults"] == [{"part": "query", "name": name, "value": value, "reason": reason, "remedy": remedy}]


def test_a_word_outside_its_list_is_answered_with_the_list(machine, hoa):
    fault = machine(hoa).get("/api/v1/areas", {"text": "a", "level": "region"}).json()["faults"][0]
    assert fault["reason"] == "Không có từ này trong danh sách"
    assert "'district'" in fault["remedy"]


def test_an_address_that_is_none_is_said_as_json(machine, hoa):
    answer = machine(hoa).get("/api/v1/khong/co")
    assert answer.status_code == 404
    assert answer.json()["reason"] == "Không có địa chỉ /khong/co"


def test_the_door_describes_itself_without_the_network():
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "http://" not in text
    assert "https://" not in text


def test_there_is_no_documentation_page_that_asks_the_network_for_scripts(machine, hoa):
    assert machine(hoa).get("/api/v1/docs").status_code == 404


def _schema() -> dict:
    return Client().get("/api/v1/openapi.json").json()


def _references(part: object):
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def test_every_reference_of_the_description_leads_somewhere():
    schema = _schema()
    assert schema["openapi"].startswith("3.")
    for reference in set(_references(schema)):
        place = schema
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place, reference


def test_every_operation_tells_its_two_ways_in_and_its_refusals():
    operations = [(path, one) for path, acts in _schema()["paths"].items() for one in acts.values()]
    assert len(operations) >= 8
    for path, one in operations:
        assert {next(iter(way)) for way in one["security"]} == {"Token", "Session"}, path
        assert {"401", "403", "422"} <= {str(code) for code in one["responses"]}, path
        assert one["summary"], path
        assert one["description"], path


def test_operations_have_names_of_their_own():
    names = [one["operationId"] for acts in _schema()["paths"].values() for one in acts.values()]
    assert len(names) == len(set(names))


def test_the_description_names_the_ways_in():
    ways = _schema()["components"]["securitySchemes"]
    assert ways["Token"] == {"type": "http", "scheme": "bearer"}
    assert ways["Session"] == {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def test_the_description_knows_every_parameter_of_an_address():
    for path, acts in _schema()["paths"].items():
        for one in acts.values():
            told = {parameter["name"] for parameter in one.get("parameters", []) if parameter["in"] == "path"}
            assert told == set(re.findall(r"{(\w+)}", path)), json.dumps(one)


def test_every_permission_can_be_told_in_a_refusal():
    from tienphuong.api.problems import not_permitted

    assert {not_permitted(permission).permission.key for permission in Permission} == set(Permission)
