"""The application as it runs: the outbox drained meanwhile, by one process at a time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from threading import enumerate as running_threads

import numpy as np
import pytest
from fastapi.testclient import TestClient
from numpy.typing import NDArray
from sqlalchemy import make_url
from sqlmodel import select

from api.app import create_app
from api.letters.postmen import folder_of
from api.rounds import detect_once, drain_once, erase_once, follow_once
from api.wiring import Service
from indexer.generations import Generations
from matchmaker.accounts.models import OPERATOR, Role
from matchmaker.alerts.models import Alert
from matchmaker.integrity.queries import is_held
from matchmaker.letters.actions import write_letter
from matchmaker.letters.models import Letter
from matchmaker.rights.erasing import ask_erasure
from matchmaker.rights.models import Subject
from matchmaker.rights.purposes import load_retention
from tests.api.conftest import NewService
from tests.api.rest.callers import drain, new_challenge, new_profile, person
from tests.factories import NOW, saved_profile, signed_in
from tests.fakes import HashingEncoder
from tests.letters import account

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
        return "round_failed" in written and "drain" in written

    with TestClient(create_app(service)) as caller:
        assert happens(is_told)
        pointer.write_text(number, encoding="ascii")
        saved = new_profile(person(caller, service, role=Role.SUPPLIER))
        assert happens(lambda: found(caller) == [saved])
    assert "secret" not in written


def test_a_running_service_lets_alerts_look(client: TestClient, service: Service) -> None:
    city, supplier = (person(client, service, role=role) for role in (Role.CITY, Role.SUPPLIER))
    new_challenge(city, new_profile(city, name="Ciudad", kind="local_government"))
    alert = {"name": "Agua", "text": "encontrar las fugas que no se ven", "profile_id": new_profile(supplier)}
    assert supplier.post("/v1/alerts", alert).status_code == 201
    drain(service)
    settings = service.settings.model_copy(update={"sync_in_process": True, "sync_seconds": 0.05})
    running = Service(settings, clock=service.clock, encoder=service.encoder)

    def letters() -> list[str]:
        with service.database.reading() as session:
            return list(session.exec(select(Letter.kind)).all())

    with TestClient(create_app(running)):
        assert happens(lambda: letters().count("alert_digest") == 1)
    running.close()


def test_an_alert_that_fails_does_not_stop_the_others(
    client: TestClient, service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    city, supplier = (person(client, service, role=role) for role in (Role.CITY, Role.SUPPLIER))
    new_challenge(city, new_profile(city, name="Ciudad", kind="local_government"))
    firm = new_profile(supplier)
    for number in range(2):
        alert = {"name": f"secreto {number}", "text": "encontrar las fugas que no se ven", "profile_id": firm}
        assert supplier.post("/v1/alerts", alert).status_code == 201
    drain(service)
    with service.database.transaction() as session:
        broken = session.get_one(Alert, 1)
        broken.frequency = "secreto"
        session.add(broken)
    assert follow_once(service) == 1
    written = "".join(capfd.readouterr())
    assert "alert_failed" in written
    assert "secreto" not in written


def test_a_process_may_leave_the_index_to_another(service: Service) -> None:
    with TestClient(create_app(service)):
        assert drains() == 0


def test_letters_leave_beside_the_requests(new_service: NewService) -> None:
    service = new_service(letters_in_process=True, letters_seconds=0.05)
    with service.database.transaction() as session:
        write_letter(session, kind="data_export_ready", account_id=account(session).id, now=NOW)
    with TestClient(create_app(service)):
        assert happens(lambda: len(list(folder_of(service.settings).glob("*.eml"))) == 1)
        assert drains() == 0
    assert not any(thread.name == "letters" for thread in running_threads())


def test_the_daily_look_notes_what_no_save_has_noticed(service: Service) -> None:
    with service.database.transaction() as session:
        acting = signed_in(session)
        numbers = [saved_profile(session, acting=acting, name=name).id or 0 for name in ("Una", "Otra")]
    assert [detect_once(service) for _ in range(2)] == [2, 2]
    with service.database.reading() as session:
        assert is_held(session, *numbers)


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


def test_what_was_to_be_erased_leaves_no_word_in_any_file(client: TestClient, service: Service) -> None:
    word = "zarzaparrilla"
    supplier = person(client, service, role=Role.SUPPLIER)
    number = new_profile(supplier, summary=f"Plantamos {word} en laderas.", name=f"Vivero {word}")
    drain(service)
    retention = load_retention(service.settings.data_directory / "rights")
    with service.database.transaction() as session:
        ask_erasure(session, acting=OPERATOR, subject=Subject.PROFILE, subject_id=number, retention=retention, now=NOW)
    later = replace(service, clock=lambda: NOW + timedelta(days=retention.erase_after_days + 1))

    def held() -> bool:
        stored = Path(str(make_url(service.settings.database_url).database))
        files = [*service.settings.var_directory.rglob("*"), *stored.parent.glob(f"{stored.name}*")]
        return any(word.encode() in path.read_bytes().lower() for path in files if path.is_file())

    assert held()
    assert [erase_once(later) for _ in range(2)] == [1, 0]
    assert client.get(f"/v1/profiles/{number}").status_code == 404
    assert not held()
    later.close()
