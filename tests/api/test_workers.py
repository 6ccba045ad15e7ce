"""Several workers over one index: what is posted through one is found through all, whoever of them dies."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx2 import Client, HTTPError

from api.wiring import Service
from matchmaker.accounts.actions import make_token
from matchmaker.accounts.models import Role
from matchmaker.migrations import upgrade
from tests.api.rest.callers import profile_body
from tests.api.serving_worker import FOLDER, settings_of
from tests.factories import NOW
from tests.fakes import HashingEncoder

ROOT = Path(__file__).parents[2]
WITHIN_SECONDS = 240.0  # on a machine with much else to do: two servers load all libraries; a swap takes less than one
LOCKS = Path("/proc/locks")


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that has to come true."""
    end = time.monotonic() + WITHIN_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@dataclass(frozen=True)
class Server:
    """A process that serves, or that watches over its workers."""

    process: subprocess.Popen[str]
    address: str

    def answers(self) -> bool:
        with suppress(HTTPError), Client() as client:
            return client.get(f"{self.address}/v1/taxonomy").status_code == 200
        return False

    def takes(self, name: str, words: str, token: str) -> bool:
        """Post a profile."""
        body = profile_body(name=name, summary=words, offers=[], experience=[])
        with Client(timeout=60) as client:
            sent = client.post(f"{self.address}/v1/profiles", json=body, headers={"Authorization": f"Bearer {token}"})
        return sent.status_code == 201

    def finds(self, name: str, words: str) -> bool:
        """Whether a search names the profile first; a server that was killed need not answer."""
        if self.process.poll() is not None:
            return True
        with suppress(HTTPError), Client(timeout=60) as client:
            answer = client.post(f"{self.address}/v1/try", json={"description": words, "language": "es"})
            matches = answer.json().get("matches", [])
            return bool(matches) and matches[0]["profile"]["name"] == name
        return False


@pytest.fixture
def folder(tmp_path: Path, few_places: Path) -> Path:
    shutil.copy(few_places, tmp_path / "places.sqlite")
    upgrade(f"sqlite:///{tmp_path / 'store.sqlite'}")
    return tmp_path


@pytest.fixture
def service(folder: Path) -> Iterator[Service]:
    """The operator's own view of the same files."""
    opened = Service(settings_of(folder), encoder=HashingEncoder())
    yield opened
    opened.close()


@contextmanager
def two_servers(folder: Path, workers: int) -> Iterator[list[Server]]:
    """Over the same files, each with so many workers."""
    program = [sys.executable, "-m", "tests.api.serving_worker", str(workers)]
    environment = {**os.environ, FOLDER: str(folder)}
    started = [
        subprocess.Popen(program, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
        for _ in range(2)
    ]
    try:
        ports = [process.stdout.readline().strip() if process.stdout else "" for process in started]
        servers = [Server(one, f"http://127.0.0.1:{port}") for one, port in zip(started, ports, strict=True)]
        until(lambda: all(server.answers() for server in servers))
        yield servers
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def writer(folder: Path) -> int | None:
    """The process that holds the index for writing, as the kernel knows it."""
    lock = folder / "index" / "writer.lock"
    if not lock.exists():
        return None
    inode = str(lock.stat().st_ino)
    held = (line.split() for line in LOCKS.read_text(encoding="ascii").splitlines())
    return next((int(found[4]) for found in held if found[1] != "->" and found[5].endswith(f":{inode}")), None)


@pytest.mark.skipif(not LOCKS.exists(), reason="the kernel does not tell who holds a lock")
@pytest.mark.parametrize(("workers", "deaths"), [(1, 1), pytest.param(2, 4, marks=pytest.mark.slow)])
def test_a_profile_posted_through_one_is_found_through_all_whoever_writes_and_dies(
    folder: Path, service: Service, workers: int, deaths: int
) -> None:
    with service.database.transaction() as session:
        _, token = make_token(session, name="Ana", role=Role.SUPPLIER, label="tests", now=NOW)
    killed: list[int | None] = []
    with two_servers(folder, workers) as servers:

        def post(name: str, words: str, *, through: Server) -> Callable[[], bool]:
            assert through.takes(name, words, token)
            return lambda: all(server.finds(name, words) for server in servers)

        until(post("Manglares", "Plantamos manglares contra la marea alta.", through=servers[0]))
        until(post("Faros", "Encendemos faros viejos con luz nueva.", through=servers[1]))
        for number in range(deaths):
            found = post(f"Abejas {number}", f"Criamos abejas palabra{number} en azoteas.", through=servers[number % 2])
            until(lambda: writer(folder) is not None)
            killed.append(writer(folder))
            os.kill(killed[-1] or 0, signal.SIGKILL)
            until(found)
        until(lambda: service.synchroniser.check().waiting == 0)
        assert service.synchroniser.check().agrees
    assert len({None, os.getpid(), *killed}) == deaths + 2
