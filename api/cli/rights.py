"""`rights`: requests that are due, answered, and the copy of everything about somebody."""

from pathlib import Path

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import results, table, write_json
from matchmaker.accounts.models import OPERATOR
from matchmaker.rights.export import export
from matchmaker.rights.models import Request, State, Subject
from matchmaker.rights.queries import list_requests
from matchmaker.rights.requests import answer_request

COLUMNS = ("id", "right", "subject", "subject_id", "state", "country", "due_at", "law")
ROWS_AT_MOST = 1_000


def list_due(operator: Operator, *, is_all: bool, as_json: bool) -> ExitCode:
    """`rights overdue`: 1 when an answer is late; with `is_all` every request that waits is listed."""
    with operator.service() as service, service.database.reading() as session:
        now = service.clock()
        late = list_requests(session, acting=OPERATOR, now=now, which="overdue", limit=ROWS_AT_MOST)
        waiting = list_requests(session, acting=OPERATOR, now=now, which="open", limit=ROWS_AT_MOST)
        rows = [_plain(row) for row in (waiting if is_all else late)]
    if as_json:
        write_json(rows)
    elif not rows:
        results().print(operator.say("rights.none"))
    else:
        say = operator.say
        cells = [[row[name] for name in COLUMNS] for row in rows]
        results().print(table([say(f"rights.column.{name}") for name in COLUMNS], cells, numbers=(0, 3)))
    return ExitCode.NOT_ALL if late else ExitCode.DONE


def answer(operator: Operator, request_id: int, *, to: str, reason: str, as_json: bool) -> ExitCode:
    """`rights answer`. Raises what `answer_request` raises."""
    with operator.service() as service, service.database.transaction() as session:
        row = answer_request(
            session, office=service.rights_office(), acting=OPERATOR, request_id=request_id, to=State(to),
            reason=reason.strip(),
        )  # fmt: skip
        told = _plain(row)
    if as_json:
        write_json(told)
    else:
        results().print(operator.say("rights.answered", id=request_id, state=told["state"]))
    return ExitCode.DONE


def export_subject(operator: Operator, *, subject: str, subject_id: int, path: Path, as_json: bool) -> ExitCode:
    """`rights export`: a zip that its owner alone may read. Raises OSError."""
    with operator.service() as service, service.database.transaction() as session:
        content = export(session, acting=OPERATOR, subject=Subject(subject), subject_id=subject_id, now=service.clock())
    path.touch(mode=0o600)
    path.write_bytes(content)
    if as_json:
        write_json({"file": str(path), "bytes": len(content)})
    else:
        results().print(operator.say("rights.exported", file=path))
    return ExitCode.DONE


def _plain(row: Request) -> dict[str, object]:
    told = {name: getattr(row, name) for name in COLUMNS if name not in {"right", "due_at"}}
    return {**told, "right": row.kind, "due_at": row.due_at.isoformat()}
