"""`audit verify`: whether the audit log is as it was written."""

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import results, write_json
from matchmaker.audit.queries import count_entries, holds_digest, last_digest, verify_log


def verify(operator: Operator, *, expected: str, as_json: bool) -> ExitCode:
    """1 when an entry was changed or taken away, or when the log lacks the digest that was noted earlier."""
    with operator.service() as service, service.database.reading() as session:
        broken = verify_log(session)
        is_there = not expected or holds_digest(session, expected)
        found = {"entries": count_entries(session), "digest": last_digest(session)}
    is_whole = broken is None and is_there
    first = None if broken is None else broken.id
    if as_json:
        write_json({"whole": is_whole, "first_broken": first, "expected_there": is_there, **found})
    else:
        key = "audit.whole" if is_whole else "audit.broken" if broken is not None else "audit.cut_off"
        results().print(operator.say(key, first=first, expected=expected, **found))
    return ExitCode.DONE if is_whole else ExitCode.NOT_ALL
