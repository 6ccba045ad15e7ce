"""`export`: all profiles into one file, without e-mail addresses."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import Stages, results, stages, write_json
from matchmaker.accounts.models import OPERATOR
from matchmaker.errors import InvalidInputError
from matchmaker.exchange.export import export_profiles
from matchmaker.exchange.writers import CsvWriter, JsonLinesWriter, ProfileWriter, XlsxWriter

if TYPE_CHECKING:
    from api.wiring import Service

FORMATS = (".csv", ".xlsx", ".jsonl")


def export_to(operator: Operator, path: Path, *, as_json: bool) -> ExitCode:
    """Write the file whole or not at all: beside it first, then in its place. Raises `export_format`."""
    if path.suffix.lower() not in FORMATS:
        raise InvalidInputError("export_format", value=path.name, known=list(FORMATS))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with operator.service() as service, stages(operator.say) as progress:
            count = _write(service, beside, path.suffix.lower(), operator, progress)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    if as_json:
        write_json({"file": str(path), "profiles": count})
    else:
        results().print(operator.say("export.done", count=count, file=path))
    return ExitCode.DONE


def _write(service: "Service", path: Path, suffix: str, operator: Operator, progress: Stages) -> int:
    with ExitStack() as opened:
        file = opened.enter_context(path.open("wb"))
        writer = _writer(opened, file, suffix, operator, service.settings.data_directory / "mappings")
        with service.database.reading() as session:
            return export_profiles(session, OPERATOR, writer, progress)


def _writer(opened: ExitStack, file: BinaryIO, suffix: str, operator: Operator, vocabulary: Path) -> ProfileWriter:
    language = str(operator.say.language)
    if suffix == ".csv":
        return opened.enter_context(CsvWriter(file, language=language, directory=vocabulary))
    if suffix == ".xlsx":
        return opened.enter_context(XlsxWriter(file, language=language, directory=vocabulary))
    return JsonLinesWriter(file)
