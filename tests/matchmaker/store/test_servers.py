"""The suite's own databases: what happens where there is no PostgreSQL."""

import pytest

from tests.databases import REQUIRE_POSTGRES, skip_or_fail


def test_without_a_server_the_tests_that_want_one_are_skipped_with_the_reason() -> None:
    with pytest.raises(pytest.skip.Exception, match="no initdb"):
        skip_or_fail("there is no initdb", {})


def test_where_a_server_is_required_its_absence_is_a_failure() -> None:
    with pytest.raises(pytest.fail.Exception, match="no initdb"):
        skip_or_fail("there is no initdb", {REQUIRE_POSTGRES: "1"})
