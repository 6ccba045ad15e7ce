"""The application as it runs: the outbox drained meanwhile, by one process at a time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event
from threading import enumerate as running_threads

import numpy as np
import pytest
from fastapi.testclient import TestClient
from numpy.typing import NDArray

from api.app import create_app, drain_once
from api.wiring import Service
from indexer.generations import Generations
from matchmaker.accounts.models import Role
from tests.api.conftest import NewService
from tests.api.rest.callers import new_profile, person
from tests.fakes import HashingEncoder

PATIENCE_SECONDS = 10.0


def happens(condition: Callable[[], bool]) -> bool:
    """Whether it comes true in time."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > ends_at:
            return False
        time.sleep(0.02)
    return True


def drains() -> int:
    return sum(thread.name == "drain" for thread in running_threads())


def found(caller: TestClient) -> list[int]:
    answer = caller.post("/v1/try", json={"description": "Buscamos agua perdida en redes pequeñas."})
    return [match["profile"]["id"] for match in answer.json()["matches"]]


def test_a_saved_profile_is_found_soon(new_service: NewService) -> None:
    service = new_service(sync_in_process=True, sync_seconds=0.05)
    with TestClient(create_app(service)) as caller:
        number = new_profile(person(caller, service, role=Role.SUPPLIER))
        assert happens(lambda: found(caller) == [number])
        assert drains() == 1
    assert drains() == 0


def test_two_processes_over_one_index_take_turns(new_service: NewService) -> None:
    service = new_service(sync_in_process=True, sync_seconds=0.05)
    twin = Service(service.settings, clock=service.clock, encoder=service.encoder)
    with TestClient(create_app(service)) as one, TestClient(create_app(twin)) as other:
        numbers = [new_profile(person(one, service, role=Role.SUPPLIER)) for _ in range(3)]
        assert happens(lambda: sorted(found(one)) == numbers and sorted(found(other)) == numbers)
    assert service.synchroniser.check().agrees
    twin.close()


def test_a_process_leaves_the_outbox_to_one_that_is_at_it(service: Service) -> None:
    other = Generations(service.settings.var_directory / "index")
    with other.writing:
        started = time.monotonic()
        assert drain_once(service) is False
        assert time.monotonic() - started < 1
    assert drain_once(service) is True


def test_a_drain_survives_what_goes_wrong_and_tells_no_text(
    new_service: NewService, capfd: pytest.CaptureFixture[str]
) -> None:
    service = new_service(sync_in_process=True, sync_seconds=0.05)
    pointer = service.settings.var_directory / "index" / "CURRENT"
    number = pointer.read_text(encoding="ascii")
    pointer.write_text("secret", encoding="ascii")
    written = ""

    def is_told() -> bool:
        nonlocal written
        written += "".join(capfd.readouterr())
        return "drain_failed" in written

    with TestClient(create_app(service)) as caller:
        assert happens(is_told)
        pointer.write_text(number, encoding="ascii")
        saved = new_profile(person(caller, service, role=Role.SUPPLIER))
        assert happens(lambda: found(caller) == [saved])
    assert "secret" not in written


def test_a_process_may_leave_the_index_to_another(service: Service) -> None:
    with TestClient(create_app(service)):
        assert drains() == 0


class SlowEncoder(HashingEncoder):
    """A model that loads until it is let go."""

    def __init__(self, loaded: Event) -> None:
        super().__init__()
        self._loaded = loaded

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self._loaded.wait(PATIENCE_SECONDS)
        return super().queries(texts)


def test_the_model_loads_meanwhile_and_the_log_says_when_it_is_there(
    service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    loaded = Event()
    slow = replace(service, encoder=SlowEncoder(loaded))
    written = ""

    def is_told() -> bool:
        nonlocal written
        written += "".join(capfd.readouterr())
        return "model_loaded" in written

    with TestClient(create_app(slow)) as caller:
        assert caller.get("/v1/health").status_code == 200
        assert not is_told()
        loaded.set()
        assert happens(is_told)
    slow.close()
