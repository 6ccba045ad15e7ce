import pytest
from fastapi.testclient import TestClient

from api.wiring import Service
from matchmaker.accounts.models import Role
from tests.api.rest.callers import Person, person


@pytest.fixture
def anyone(client: TestClient) -> Person:
    return Person(client)


@pytest.fixture
def city(client: TestClient, service: Service) -> Person:
    return person(client, service, role=Role.CITY)


@pytest.fixture
def supplier(client: TestClient, service: Service) -> Person:
    return person(client, service, role=Role.SUPPLIER, name="Luís")


@pytest.fixture
def secretariat(client: TestClient, service: Service) -> Person:
    return person(client, service, role=Role.SECRETARIAT, name="Rosa")
