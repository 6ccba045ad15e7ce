"""Starting the process of a run. It outlives this one, and is told the address of the database by its input."""

import subprocess
import sys
from threading import Thread

MODULE = "matchmaker.events.running"


def launch(database_url: str, run_id: int) -> Thread:
    """Start the search of a run that is committed, in a session of its own; the thread only waits for its end."""
    thread = Thread(target=_tend, args=(database_url, run_id), name=f"agenda-{run_id}", daemon=True)
    thread.start()
    return thread


def _tend(database_url: str, run_id: int) -> None:
    subprocess.run(  # noqa: S603 - the interpreter that runs this, a module of ours, and a number
        [sys.executable, "-m", MODULE, str(run_id)], input=f"{database_url}\n", text=True, check=False,
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
