"""A post with a line list of 24/8/2021, four small communes as its people, and pages at which Lan asks for forecasts."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.domain.queries.world import build

from tienphuong.core import clock
from tienphuong.core.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
HOMES = {"00682": "Xã Liên Ninh", "00640": "Thị trấn Văn Điển", "00643": "Xã Tân Triều", "00652": "Xã Hữu Hoà"}
LINES = [f"{code},{name},1500,100,150,200,100" for code, name in HOMES.items()]
PEOPLE = "\n".join(["code,name,population,size_1,size_2,size_3,size_4", *LINES, ""])
TEXT = """
[study]
title = "Ở nhà hay không"
disease = "covid-19-delta"
day0 = 2021-08-20
days = 8
note = "Để thử."

[start]
infected = 12

[[common]]
kind = "testing"
with_symptoms = 0.6

[[common]]
kind = "isolation"
beds = 2

[[capacity]]
series = "isolated_facility"
limit = 2
name = "giường thu dung"

[[plan]]
name = "Không thêm gì"

[[plan]]
name = "Ở nhà"
description = "cả huyện ở nhà"
[[plan.measure]]
kind = "stay_home"
compliance = 0.7
"""


@pytest.fixture
def post(areas, settings, tmp_path, at):
    """The post at 16h00 on 24/8/2021; its worker works at once, its files are kept apart."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "forecasts"]}}
    settings.MEDIA_ROOT = tmp_path
    clock.set_scenario(stands_at=at, scenario="thanh-tri-2021")


@pytest.fixture
def records(areas, lan, at, policy):
    """Cases, contacts and stays of the district."""
    return build(areas, lan=lan, at=at, policy=policy)


@pytest.fixture
def desk(client, post):
    def sign_in(viewer, language="vi"):
        client.force_login(User.objects.get(pk=viewer.user_id), backend=BACKEND)
        client.cookies["django_language"] = language
        return client

    return sign_in


def hand_in(page, text=TEXT, name="o-nha.toml"):
    """Add a study; the answer."""
    return page.post("/du-bao/nghien-cuu/", {"study": SimpleUploadedFile(name, text.encode())}, follow=True)


def key_of(page, title="Ở nhà hay không"):
    """The key under which the form offers a study."""
    form = page.get("/du-bao/moi/").content.decode()
    found = re.search(rf'<b>{title}</b>.*?name="study" value="([^"]+)"', form, flags=re.DOTALL)
    return found[1]


def ask(page, *, people=PEOPLE, **changes):
    """Ask for a forecast of the study handed in, four runs of a plan; what is None is not said."""
    said = {"study": key_of(page), "plan": ["0", "1"], "start": "written", "day0": "2021-08-25", "runs": "4", "seed": "3"} | changes
    files = {"people": SimpleUploadedFile("dan-cu.csv", people.encode())} if people else {}
    return page.post("/du-bao/moi/", {name: value for name, value in said.items() if value is not None} | files)
