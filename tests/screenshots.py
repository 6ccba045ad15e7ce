"""`make screenshots`: the pages of README as Debian's chromium shows them, with the demo data and the real encoder.

The service runs with the settings of the environment, as `make run` does, on a free port of this machine; or it is one
that runs already, whose address is given.
"""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import requests
from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
LARGEST_PICTURE = 150_000  # bytes; README is read on telephones too
STARTS_SECONDS = 1_200  # the first start embeds the demo data
ASKS_SECONDS = 2
CHALLENGE = "/es/challenges/7"  # in Spanish, answered in Portuguese too


@dataclass(frozen=True)
class Picture:
    """A file of docs, and what it shows; `reaches`: the place on the page at which it begins."""

    name: str
    path: str
    width: int
    height: int
    theme: str = "light"
    reaches: str = ""


PICTURES = (
    Picture("result", CHALLENGE, 960, 760),
    Picture("grid", f"{CHALLENGE}?view=grid", 1_040, 960),
    Picture("map", "/pt/map", 1_040, 900, theme="dark"),
    Picture("areas", "/en/areas", 1_040, 620),
    Picture("phone", CHALLENGE, 390, 820, reaches=".candidates"),
)


def main() -> None:
    """Take all pictures. Exits with a sentence where there is no chromium or a picture is too large."""
    found = shutil.which("chromium")
    if found is None:
        sys.exit("chromium is not installed (Debian: apt-get install chromium)")
    running = nullcontext(sys.argv[1]) if sys.argv[1:] else _serving()
    with running as address, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for picture in PICTURES:
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.theme == "dark" else "light",
                reduced_motion="reduce",
            )
            taken = _taken(page, address, picture)
            if taken > LARGEST_PICTURE:
                sys.exit(f"{picture.name}.png has {taken} bytes, more than {LARGEST_PICTURE}")
            page.close()
            print(f"docs/{picture.name}.png {taken}")  # noqa: T201
        browser.close()


def _taken(page: Page, address: str, picture: Picture) -> int:
    answer = page.goto(f"{address}{picture.path}")
    if answer is None or not answer.ok:
        sys.exit(f"{picture.path} answers {answer.status if answer else 'nothing'}: no picture of it is taken")
    page.evaluate("document.fonts.ready")
    if picture.reaches:
        page.locator(picture.reaches).first.evaluate("part => part.scrollIntoView()")
    return len(page.screenshot(path=DOCS / f"{picture.name}.png"))


@contextmanager
def _serving() -> Iterator[str]:
    """The service with demo data, as its command starts it; it is stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--demo", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as service:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(service, f"{address}{CHALLENGE}")
            yield address
        finally:
            service.terminate()


def _wait(service: "subprocess.Popen[bytes]", address: str) -> None:
    """Until a challenge is answered: the model is loaded by then."""
    until = time.monotonic() + STARTS_SECONDS
    while time.monotonic() < until and service.poll() is None:
        try:
            if requests.get(address, timeout=60).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(ASKS_SECONDS)
    sys.exit("the service did not start: `matchmaker serve --demo` says why")


if __name__ == "__main__":
    main()
