"""One generated day, shared by the tests that only read it."""

import pytest

from demodistrict import generate


@pytest.fixture(scope="session")
def first_day(tmp_path_factory):
    folder = tmp_path_factory.mktemp("thanh-tri")
    return folder, generate("thanh-tri-2021", 1, None, folder)
