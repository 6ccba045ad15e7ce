"""One laboratory for all figures of quality."""

from collections.abc import Iterator

import pytest

from tests.quality.laboratory import Laboratory, open_laboratory


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    with open_laboratory(tmp_path_factory.mktemp("laboratory")) as opened:
        yield opened
