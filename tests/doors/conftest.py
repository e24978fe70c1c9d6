"""What every door's tests stand on: the English catalogue is set up, as on an installed post."""

import pytest

from tienphuong.web.translations import compile_catalogue


@pytest.fixture(scope="session", autouse=True)
def english():
    compile_catalogue()
