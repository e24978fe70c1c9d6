"""What a new post holds before anybody opened an account."""

import pytest

from tienphuong.core.models import User


@pytest.mark.django_db
def test_a_new_post_has_no_account():
    assert not User.objects.exists()
