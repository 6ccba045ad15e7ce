"""Writing versions, for developers: see `matchmaker.migrations`."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from matchmaker.migrations import HERE, alone, configuration, upgrade

USAGE = 'python -m matchmaker.migrations initial | add "what changes"'
INITIAL = "0001"


def write_initial() -> None:
    """Write the first version anew. Raises ValueError when there are later ones, which build on it."""
    written = sorted(HERE.joinpath("versions").glob("*.py"))
    if len(written) > 1:
        raise ValueError(f"later versions build on the first: {', '.join(path.name for path in written[1:])}")
    for path in written:
        path.unlink()
    _write(message="initial", number=INITIAL)


def write_next(message: str) -> None:
    """Write the next version from the difference between the newest one and the models."""
    head = ScriptDirectory.from_config(configuration()).get_current_head() or "0"
    _write(message=message, number=f"{int(head) + 1:04d}")


def _write(*, message: str, number: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.sqlite'}"
        if number != INITIAL:
            upgrade(url)
        with alone(url) as connection:
            config = configuration(connection)
            _format_after(config)
            command.revision(config, message=message, autogenerate=True, rev_id=number)


def _format_after(config: Config) -> None:
    for option, value in (
        ("hooks", "ruff"),
        ("ruff.type", "module"),
        ("ruff.module", "ruff"),
        ("ruff.options", "format REVISION_SCRIPT_FILENAME"),
    ):
        config.set_section_option("post_write_hooks", option, value)


def main(arguments: list[str]) -> None:
    """Do what the arguments say."""
    match arguments:
        case ["initial"]:
            write_initial()
        case ["add", message]:
            write_next(message)
        case _:
            sys.exit(USAGE)


if __name__ == "__main__":
    main(sys.argv[1:])
