"""Generations on disk: written beside the live one, swapped in whole, noticed by every reader."""

import os
import shutil
from pathlib import Path
from threading import Lock

from filelock import FileLock

from indexer.generation import Generation

KEPT_GENERATIONS = 1  # the live one: an older one would keep words that somebody has deleted
OPEN_ATTEMPTS = 50  # a reader that lost its generation while opening it asks again


class Generations:
    """The folder of all generations of one index. One writer at a time, by a file lock; any number of readers."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._pointer = directory / "CURRENT"
        self._lock = Lock()
        self._open: Generation | None = None
        directory.mkdir(parents=True, exist_ok=True)
        self.writing = FileLock(directory / "writer.lock")

    def current_number(self) -> int:
        """The number of the live generation; 0 when there is none."""
        try:
            return int(self._pointer.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0

    def current(self) -> Generation | None:
        """The live generation, opened anew when a writer has swapped it."""
        number = self.current_number()
        opened = self._open
        if opened is not None and opened.manifest.number == number:
            return opened
        with self._lock:
            return self._reopen()

    def publish(self, generation: Generation) -> None:
        """Write a generation beside the live one and swap. The caller holds `writing`.

        A crash before the swap leaves a folder that the next publication removes, and the live generation as it was.
        """
        number = generation.manifest.number
        unfinished = self._directory / f"{number:08d}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        generation.save(unfinished)
        _flush(unfinished)
        final = self._folder(number)
        shutil.rmtree(final, ignore_errors=True)
        unfinished.rename(final)
        self._point_to(number)
        self._remove_old(number)

    def _reopen(self) -> Generation | None:
        for attempt in range(OPEN_ATTEMPTS):
            number = self.current_number()
            if number == 0:
                return None
            if self._open is not None and self._open.manifest.number == number:
                return self._open
            try:
                self._open = Generation.load(self._folder(number)).warm()
            except (FileNotFoundError, RuntimeError):
                if attempt == OPEN_ATTEMPTS - 1:
                    raise
            else:
                return self._open
        return self._open

    def _folder(self, number: int) -> Path:
        return self._directory / f"{number:08d}"

    def _point_to(self, number: int) -> None:
        pointer = self._pointer.with_suffix(".new")
        pointer.write_text(str(number), encoding="ascii")
        with pointer.open("rb") as file:
            os.fsync(file.fileno())
        pointer.replace(self._pointer)

    def _remove_old(self, number: int) -> None:
        folders = sorted(path for path in self._directory.iterdir() if path.is_dir())
        live = [path for path in folders if path.suffix != ".unfinished"]
        for path in [folder for folder in folders if folder not in live] + live[:-KEPT_GENERATIONS]:
            if path != self._folder(number):
                shutil.rmtree(path, ignore_errors=True)


def _flush(directory: Path) -> None:
    for path in directory.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
