"""Prepared, filled, served."""

import re
import shutil
import socket
import time
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.app import create_app
from api.settings import DATA
from api.wiring import Service
from matchmaker.accounts.models import ANYONE
from matchmaker.challenges.queries import count_challenges, list_challenges
from matchmaker.places.build import wanted_stamp, write_gazetteer
from matchmaker.places.source import Town
from matchmaker.profiles.queries import count_profiles, list_profiles
from tests.api.cli.conftest import Run
from tests.api.conftest import NewService
from tests.api.rest.signing_in import Browser

CITY = (
    '{"external_id": "demo-a-c01", "kind": "local_government", "name": "Alcaldía (demo)", "language": "es", '
    '"summary": "Alcaldía de Sogamoso."}\n'
)
FIRM = '{"external_id": "demo-a-p01", "kind": "company", "name": "Fugas", "language": "es", "summary": "Fugas."}\n'
CHALLENGE = (
    '{"external_id": "demo-a-r01", "owner": "demo-a-c01", "language": "es", "texts": {"es": {"title": "Agua", '
    '"description": "Queremos hallar fugas.", "needs": ["Queremos hallar fugas"]}}}\n'
)


@pytest.fixture
def ready(new_service: NewService, tmp_path: Path) -> Service:
    """A service whose gazetteer is current, whose model is somebody else's, with a little demo data."""
    data = tmp_path / "data"
    for name in ("taxonomy", "mappings", "background"):
        shutil.copytree(DATA / name, data / name)
    for name, content in (("public_bodies", CITY), ("profiles", FIRM), ("challenges", CHALLENGE)):
        (data / "demo" / name).mkdir(parents=True)
        (data / "demo" / name / "a.jsonl").write_text(content, encoding="utf-8")
    made = new_service(model="somebody/elses", data_directory=data)
    town = Town(1, "Sogamoso", "CO", "Boyacá", 111_336, 5.7, -72.9, "Sogamoso", ())
    write_gazetteer(
        made.settings.var_directory / "places.sqlite", [town], stamp=wanted_stamp(), report=lambda _event, _count: None
    )
    return made


def test_prepare_says_what_is_there_and_is_quick_the_second_time(run: Run, ready: Service) -> None:
    first = run("prepare", over=ready)
    start = time.perf_counter()
    second = run("prepare", over=ready, LANG="es_CO.UTF-8")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Gazetteer: there" in first.stderr
    assert "Nomenclátor: ya está" in second.stderr
    assert time.perf_counter() - start < 5


def test_prepare_makes_the_tables(run: Run, ready: Service, new_service: NewService, tmp_path: Path) -> None:
    settings = {"model": "somebody/elses", "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite'}"}
    bare = new_service(**settings)
    shutil.copy(ready.settings.var_directory / "places.sqlite", bare.settings.var_directory / "places.sqlite")

    assert run("prepare", over=bare).exit_code == 0
    assert run("token", "list", over=bare).exit_code == 0


@pytest.mark.parametrize(("language", "said"), [("es", "Abra http"), ("pt", "Abra http"), ("en", "Open http")])
def test_serve_with_demo_fills_indexes_and_says_where(
    run: Run, ready: Service, served: list[tuple[FastAPI, tuple[str, int], int]], language: str, said: str
) -> None:
    result = run("serve", "--demo", "--port", 0, "--workers", 2, "--lang", language, over=ready)

    assert result.exit_code == 0
    app, (host, port), workers = served[0]
    assert isinstance(app, FastAPI)
    assert (host, workers) == ("127.0.0.1", 2)
    assert f"{said}://127.0.0.1:{port}/{language}/" in result.stderr
    with ready.database.reading() as session:
        assert count_profiles(session, acting=ANYONE) == 2
        challenge = list_challenges(session, acting=ANYONE, limit=5)[0]
        assert challenge.is_demo
        assert all(
            profile.is_demo and profile.source == "demo" for profile in list_profiles(session, acting=ANYONE, limit=5)
        )
        assert challenge.owner_id is not None
    assert run("index", "check", over=ready).exit_code == 0


def test_serve_with_demo_tells_a_link_for_each_role(
    run: Run, ready: Service, served: list[tuple[FastAPI, tuple[str, int], int]]
) -> None:
    told = [run("serve", "--demo", "--port", 0, "--lang", "pt", over=ready).stderr for _ in range(2)][1]

    app, (_host, port), _workers = served[1]
    links = re.findall(rf"http://127\.0\.0\.1:{port}/pt/sign-in/\S+", told)
    found = []
    for link in links:
        browser = Browser(create_app(ready))
        assert browser.open_link(link).status_code == 200
        me = browser.get("/v1/me").json()
        found.append((me["role"], [row["profile_id"] for row in me["represents"]]))
    assert isinstance(app, FastAPI)
    assert found == [("city", [1]), ("supplier", [2]), ("secretariat", []), ("committee", []), ("administrator", [])]


def test_demo_data_is_read_again_only_when_it_changed_or_is_gone(run: Run, ready: Service) -> None:
    first, second = (run("serve", "--demo", "--port", 0, over=ready).stderr for _ in range(2))
    with (ready.settings.data_directory / "demo" / "profiles" / "b.jsonl").open("w", encoding="utf-8") as file:
        file.write(FIRM.replace("p01", "p02"))
    third = run("serve", "--demo", "--port", 0, over=ready).stderr

    assert "profiles/a.jsonl: rows 1, refused 0" in first
    assert "a.jsonl" not in second
    assert "The demo data is there." in second
    assert "profiles/b.jsonl: rows 1, refused 0" in third


def test_without_demo_nothing_is_imported(run: Run, ready: Service) -> None:
    assert run("serve", "--port", 0, over=ready).exit_code == 0

    with ready.database.reading() as session:
        assert (count_profiles(session, acting=ANYONE), count_challenges(session, acting=ANYONE)) == (0, 0)


def test_a_port_in_use_is_told_before_anything_else_happens(run: Run, ready: Service) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--demo", "--port", taken.getsockname()[1], "--lang", "es", over=ready)

    assert result.exit_code == 3
    assert "--port" in result.stderr
    assert "Nomenclátor" not in result.stderr


def test_an_address_that_is_not_of_this_machine_is_told(run: Run, ready: Service) -> None:
    result = run("serve", "--host", "192.0.2.1", "--port", 0, over=ready)

    assert result.exit_code == 3
    assert "192.0.2.1" in result.stderr
