import pytest

from tests.fakes import InMemoryIndex
from tests.search_contract import SearchContract, Searched


class TestInMemoryIndex(SearchContract):
    @pytest.fixture
    def searched(self) -> Searched:
        return lambda documents: InMemoryIndex(tuple(documents))
