"""Sends letters until it is killed or nothing is due. Each start goes on where the last one was, some hours later.

python -m tests.api.letters.restless_sender FOLDER PORT HOURS
"""

import sys
from datetime import timedelta
from pathlib import Path

from api.settings import Settings
from api.wiring import Service
from tests.api.letters.conftest import send_plain
from tests.factories import NOW
from tests.fakes import HashingEncoder


def open_service(folder: Path, *, port: int, hours: float) -> Service:
    """The service of a folder, as any process opens it; claims of the ones before have run out."""
    settings = Settings.model_validate(
        {
            "DATABASE_URL": f"sqlite:///{folder / 'store.sqlite'}",
            "var_directory": folder,
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_security": "none",
            "secret_key": "of the test",
        }
    )
    return Service(settings, clock=lambda: NOW + timedelta(hours=hours), encoder=HashingEncoder())


if __name__ == "__main__":
    sys.stdout.write("starts\n")
    sys.stdout.flush()
    send_plain(open_service(Path(sys.argv[1]), port=int(sys.argv[2]), hours=float(sys.argv[3])))
