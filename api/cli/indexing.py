"""`index`: outbox to index, the whole index anew, and whether it says what the database says."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from api.cli.faults import ExitCode, SetUpError
from api.cli.operator import Operator
from api.cli.outlets import Stages, results, stages, table, write_json
from api.cli.ready import require_model, writing

if TYPE_CHECKING:
    from api.wiring import Service

NAMED_DOCUMENTS = 20  # of each sort, in the table; JSON names all


def sync(service: "Service", progress: Stages, *, wait: float, whole: bool) -> dict[str, int]:
    """Drain the outbox, or rebuild; how many messages were done, and the generation that is now live."""
    with writing(service, progress, wait=wait):
        synchroniser = service.synchroniser
        done = synchroniser.rebuild(progress) if whole else synchroniser.drain(progress)
    return {"messages": done.messages, "generation": done.generation}


def sync_and_show(operator: Operator, *, wait: float, whole: bool, as_json: bool) -> ExitCode:
    """`index sync` and `index rebuild`."""
    with operator.service() as service, stages(operator.say) as progress:
        done = sync(service, progress, wait=wait, whole=whole)
    if as_json:
        write_json(done)
    else:
        results().print(operator.say("index.rebuilt" if whole else "index.synchronised", **done))
    return ExitCode.DONE


def check_and_show(operator: Operator, *, as_json: bool) -> ExitCode:
    """`index check`: 1 when index and database disagree."""
    with operator.service() as service:
        require_model(service)
        generation = service.engine.generations.current()
        if generation is None and not as_json:
            raise SetUpError("index_missing")
        found = service.synchroniser.check()
        fits = service.engine.builder.fits(generation)
    agrees = found.agrees and fits
    if as_json:
        write_json({"agrees": agrees, "model_agrees": fits, **asdict(found)})
    else:
        _show(operator, asdict(found), agrees=agrees, fits=fits)
    return ExitCode.DONE if agrees else ExitCode.NOT_ALL


def _show(operator: Operator, found: dict[str, object], *, agrees: bool, fits: bool) -> None:
    say, console = operator.say, results()
    console.print(say("index.agrees" if agrees else "index.disagrees"))
    if not fits:
        console.print(say("index.other_model"))
    rows = [
        (say(f"index.{sort}"), say(f"subject.{subject}"), number)
        for sort in ("missing", "stale", "surplus")
        for subject, number in _pairs(found[sort])[:NAMED_DOCUMENTS]
    ]
    if rows:
        console.print(table([say("column.what"), say("column.subject"), say("column.id")], rows, numbers=(2,)))
    for sort in ("missing", "stale", "surplus"):
        if len(_pairs(found[sort])) > NAMED_DOCUMENTS:
            console.print(f"{say(f'index.{sort}')}: {len(_pairs(found[sort]))}")
    console.print(say("index.waiting", count=found["waiting"]))


def _pairs(value: object) -> list[tuple[str, int]]:
    return list(value) if isinstance(value, tuple) else []
