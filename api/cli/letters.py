"""`letters`: sent now, for a timer; and mail that came back, noted."""

from dataclasses import asdict
from pathlib import Path

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import results, write_json
from matchmaker.letters.bounces import note_notice, read_notices


def send(operator: Operator, *, as_json: bool) -> ExitCode:
    """`letters send`: 1 when some were given up."""
    from api.letters.sending import send_letters

    with operator.service() as service:
        done = send_letters(service)
    if as_json:
        write_json(asdict(done))
    else:
        results().print(operator.say("letters.sent", **asdict(done)))
    return ExitCode.NOT_ALL if done.given_up else ExitCode.DONE


def note_bounces(operator: Operator, mail: Path, *, as_json: bool) -> ExitCode:
    """`letters bounces`: notes the addresses of a mailbox or Maildir folder to which our letters did not get."""
    with operator.service() as service, service.database.transaction() as session:
        found = list(read_notices(mail))
        noted = sum(note_notice(session, notice, now=service.clock()) for notice in found)
    counts = {"notices": len(found), "noted": noted}
    if as_json:
        write_json(counts)
    else:
        results().print(operator.say("letters.bounces", **counts))
    return ExitCode.DONE
