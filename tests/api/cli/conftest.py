"""The command line over a service with a fake encoder."""

from collections.abc import Callable
from pathlib import Path
from socket import socket

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner, Result

from api.cli.entry import make_app
from api.cli.operator import Outside
from api.wiring import Service
from tests.factories import saved_challenge, saved_profile, signed_in
from tests.fakes import HashingEncoder

NOT_SET = {"LC_ALL": None, "LC_MESSAGES": None, "LANG": None}
Run = Callable[..., Result]


def opener(service: Service) -> Callable[[], Service]:
    """Opens the same service again: a command closes its own."""
    return lambda: Service(service.settings, clock=service.clock, encoder=HashingEncoder())


@pytest.fixture
def served() -> list[tuple[FastAPI, tuple[str, int], int]]:
    """What the server was asked to serve: application, address, processes."""
    return []


@pytest.fixture
def run(service: Service, served: list[tuple[FastAPI, tuple[str, int], int]]) -> Run:
    """Runs `matchmaker` with these arguments."""

    def serve(app: FastAPI, listening: socket, workers: int) -> None:
        served.append((app, listening.getsockname()[:2], workers))

    def invoke(*arguments: object, typed: str | None = None, over: Service | None = None, **variables: str) -> Result:
        outside = Outside(open_service=opener(over or service), run_server=serve)
        environment = {**NOT_SET, **variables}
        return CliRunner(env=environment).invoke(
            make_app(), [str(argument) for argument in arguments], input=typed, obj=outside
        )

    return invoke


@pytest.fixture
def filled(service: Service) -> Service:
    """A firm that looks for leaks (profile 1), a city (profile 2) and its challenge (1), not yet in the index."""
    with service.database.transaction() as session:
        acting = signed_in(session)
        saved_profile(session, acting=acting)
        city = saved_profile(
            session, acting=acting, name="Alcaldía", kind="local_government", summary="", offers=[], experience=[]
        )
        saved_challenge(session, acting=acting, owner=city)
    return service


@pytest.fixture
def judged_set(tmp_path: Path) -> Path:
    """Three documents and two queries, in two languages, with judgements."""
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(
        '{"_id": "d1", "title": "Fugas", "text": "Encontramos fugas de agua en redes.", "language": "es"}\n'
        '{"_id": "d2", "title": "Leaks", "text": "We find water leaks, fugas de agua.", "language": "en"}\n'
        '{"_id": "d3", "title": "Buses", "text": "We plan bus routes.", "language": "en"}\n',
        encoding="utf-8",
    )
    (folder / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "Fugas de agua en redes", "language": "es"}\n'
        '{"_id": "q2", "text": "Bus routes", "language": "en"}\n',
        encoding="utf-8",
    )
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t1\nq2\td3\t1\n", encoding="utf-8"
    )
    return folder
