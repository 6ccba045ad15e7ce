"""`prepare`: model, gazetteer and tables, each made once."""

from typing import TYPE_CHECKING

from alembic.util import CommandError

from api.cli.faults import ExitCode, SetUpError
from api.cli.operator import Operator
from api.cli.outlets import notices
from api.saying import Say

if TYPE_CHECKING:
    from api.wiring import Service

BUILDING = {
    "Downloading": "model_fetching",
    "Unpacking": "model_unpacking",
    "Exporting": "model_exporting",
    "Built": "model_built",
}
"""How the model's build tells its steps, by their first word; any other step is told as it stands."""
MODEL_FAULTS = {
    "ForeignDirectoryError": "model_folder_taken",
    "OnnxExportError": "model_export_differs",
    "WeightsFetchError": "model_not_fetched",
    "WeightsFileError": "model_weights_broken",
}
"""By what went wrong, what the operator can do about it."""
AFTER_MODEL = "gazetteer"  # what is told first where the model needs no work
REPEATED = "gazetteer_rows"  # told every few thousand towns: not worth a line each


def prepare_all(operator: Operator) -> ExitCode:
    """Prepare this machine and say what is there."""
    with operator.service() as service:
        prepare_service(service, operator.say)
        notices().print(operator.say("note.prepared", path=service.settings.var_directory))
    return ExitCode.DONE


def prepare_service(service: "Service", say: Say) -> None:
    """Make what is missing, told line by line.

    Raises `database_newer` and the codes of `MODEL_FAULTS`.
    """
    from api import wiring

    console, told = notices(), 0

    def report(line: str) -> None:
        nonlocal told
        if not told and line.startswith(AFTER_MODEL):
            console.print(say("step.model_there", model=service.settings.model))
        told += 1
        sentence = step(line, say)
        if sentence:
            console.print(sentence)

    try:
        wiring.prepare(service.settings, report)
    except wiring.MODEL_ERRORS as error:
        raise SetUpError(MODEL_FAULTS[type(error).__name__], reason=error, path=service.settings.model) from error
    except CommandError as error:
        raise SetUpError("database_newer") from error


def step(line: str, say: Say) -> str:
    """A step of the preparation in words; nothing for one that is told too often."""
    event, _, count = line.partition(": ")
    if event == REPEATED:
        return ""
    key = BUILDING.get(line.partition(" ")[0], event)
    return say.known(f"step.{key}", {"count": count}) or line
