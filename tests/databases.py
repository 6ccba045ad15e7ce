"""Databases for the tests: files of SQLite, and a PostgreSQL that the suite starts for itself and stops.

The server has its own folder, speaks through a socket in it, opens no port, and keeps nothing: no flush to disk.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy import event

from matchmaker.migrations import upgrade
from matchmaker.store.database import Database

REQUIRE_POSTGRES = "MATCHMAKER_REQUIRE_POSTGRES"
UNPRIVILEGED_USERS = ("postgres", "nobody")  # initdb refuses root
START_SECONDS = 60
SERVER_OPTIONS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "16MB",
    "wal_recycle": "off",  # as the README advises: a segment of the log is removed, not used again with old bytes in it
}


class PostgresMissingError(Exception):
    """No PostgreSQL can be started here; the text says why."""


class Databases(Protocol):
    """A place where tests get a database each, by its address."""

    def empty(self) -> str:
        """A database without tables."""
        ...

    def migrated(self) -> str:
        """A database with the tables of the newest version and no rows."""
        ...


class SqliteDatabases:
    """Files in a folder, copied from one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template = folder / "template.sqlite"

    def empty(self) -> str:
        return f"sqlite:///{self._next()}"

    def migrated(self) -> str:
        if not self._template.exists():
            upgrade(f"sqlite:///{self._template}")
        return f"sqlite:///{shutil.copyfile(self._template, self._next())}"

    def _next(self) -> Path:
        return self._folder / f"test{next(self._numbers)}.sqlite"


class PostgresDatabases:
    """Databases of one server, copied from one that was migrated once."""

    def __init__(self, socket_folder: Path) -> None:
        self._folder = socket_folder
        self._numbers = count(1)
        self._has_template = False

    def empty(self) -> str:
        return self._create(f"test{next(self._numbers)}")

    def migrated(self) -> str:
        if not self._has_template:
            upgrade(self._create("migrated"))
            self._has_template = True
        return self._create(f"test{next(self._numbers)}", template="migrated")

    @property
    def data(self) -> Path:
        """Where the server keeps its files."""
        return self._folder / "data"

    def _create(self, name: str, *, template: str = "template0") -> str:
        with psycopg.connect(host=str(self._folder), user="suite", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return f"postgresql+psycopg://suite@/{name}?host={self._folder}"


@contextmanager
def own_postgres() -> Iterator[PostgresDatabases]:
    """Start a server, stop it at the end and delete its folder. Raises PostgresMissingError."""
    programs, account = _programs(), _account()
    folder = Path(tempfile.mkdtemp(prefix="matchmaker-postgres-"))
    try:
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = folder / "data"
        settings = {**SERVER_OPTIONS, "unix_socket_directories": str(folder)}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        initialise = ["--username=suite", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        _run([programs / "initdb", *initialise, f"--pgdata={data}"], account=account, folder=folder)
        control: list[str | Path] = [programs / "pg_ctl", f"--pgdata={data}", "--wait", f"--timeout={START_SECONDS}"]
        _run([*control, f"--log={folder / 'log'}", f"--options={options}", "start"], account=account, folder=folder)
        try:
            yield PostgresDatabases(folder)
        finally:
            _run([*control, "--mode=immediate", "stop"], account=account, folder=folder)
    finally:
        shutil.rmtree(folder)


def skip_or_fail(reason: str, settings: Mapping[str, str]) -> None:
    """Skip the test that wants PostgreSQL, or fail where it is required."""
    if settings.get(REQUIRE_POSTGRES) == "1":
        pytest.fail(f"{REQUIRE_POSTGRES}=1, and {reason}", pytrace=False)
    pytest.skip(reason)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def _programs() -> Path:
    """The folder of `initdb`: on the path, else the newest where Debian keeps it."""
    on_path = shutil.which("initdb")
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if on_path is None and not kept:
        raise PostgresMissingError("PostgreSQL is not installed: no initdb on the path or in /usr/lib/postgresql")
    return (Path(on_path).resolve() if on_path else kept[-1]).parent


def _account() -> pwd.struct_passwd | None:
    """The user that the server runs as: the present one (None), or for root one without privileges."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in UNPRIVILEGED_USERS:
        if name in known:
            return known[name]
    raise PostgresMissingError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _run(command: list[str | Path], *, account: pwd.struct_passwd | None, folder: Path) -> None:
    """Run a program of the server; output goes to a file, since the server would hold a pipe open."""
    output = folder / "output"
    with output.open("wb") as stream:
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,
            env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
            stdout=stream,
            stderr=stream,
            stdin=subprocess.DEVNULL,
            user=None if account is None else account.pw_uid,
            group=None if account is None else account.pw_gid,
            extra_groups=None if account is None else [],
        )
    if done.returncode:
        raise PostgresMissingError(f"PostgreSQL does not start: {output.read_text(errors='replace')[-500:]}")
