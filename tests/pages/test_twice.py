"""Every form sent twice, as by a finger that trembles: nothing fails, and nothing is made or told twice."""

from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import func
from sqlmodel import Session, SQLModel, select

from api.app import create_app
from tests.api.permissions.callers import Caller
from tests.api.permissions.table import Line
from tests.api.permissions.walking import EVERY_PAGE, visit_as
from tests.api.permissions.world import World
from tests.conftest import Tally
from tests.pages.remembering import remembering

ASKED_FOR_EACH_TIME = {
    "POST /{language}/account/tokens",  # each key is another one, shown once; the list names both
    "POST /{language}/alerts/{alert_id}/feed",  # a new address each time: the old one ends
    "POST /{language}/desk/export",  # each copy that is taken away is noted
    "POST /{language}/sign-in",  # a letter may be lost, and is asked for again
}
SHOWN = {"showing", "shown_match"}
"""What was shown is kept each time that it is."""


def counted(session: Session) -> dict[str, int]:
    """How many rows each table has."""
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in SHOWN]
    return {table.name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables}  # fmt: skip


def test_a_form_sent_twice_makes_nothing_twice(world: World, tmp_path: Path, tally: Tally) -> None:
    faults, done = [], 0
    lines = [line for line in EVERY_PAGE if line.method == "POST" and not line.then]
    for number, line in enumerate(lines):
        with (
            remembering(world, tmp_path / f"{number}.sqlite") as service,
            TestClient(create_app(service), follow_redirects=False) as client,
        ):
            counts, statuses = [], []
            for _ in range(2):
                statuses.append(visit_as(client, world, line, next(line.addresses(world.names)), doer(line)).status)
                with service.database.reading() as session:
                    counts.append(counted(session))
        done += statuses[0] < 400
        more = {name: count for name, count in counts[1].items() if count > counts[0][name]}
        if max(statuses) >= 500 or (more and line.route not in ASKED_FOR_EACH_TIME):
            faults.append(f"{line.asked} {statuses} {sorted(more)}")
    assert faults == []
    assert done > len(lines) * 0.9
    tally(f"{len(lines)} forms sent twice: {done} done once, none twice")


def doer(line: Line) -> Caller:
    """The first who may send it."""
    signed_in = sorted(line.may - {Caller.ANONYMOUS}, key=list(Caller).index)
    return signed_in[0] if signed_in else Caller.ANONYMOUS
