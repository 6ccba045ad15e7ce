"""The secret of this machine."""

import secrets
from contextlib import suppress
from pathlib import Path

SECRET_BYTES = 32


def kept_secret(path: Path) -> str:
    """A secret in a file that its owner alone may read, made when it is first asked for, by one of those who ask."""
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(SECRET_BYTES), encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    return path.read_text(encoding="ascii")
