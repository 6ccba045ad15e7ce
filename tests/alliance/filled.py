"""A service over all demo data, with the real encoder, in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.cli.demo import SOURCE, demo_files
from api.settings import Settings
from api.wiring import Service
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.migrations import upgrade

MANY = 1_000_000  # requests a minute: the pace has its own tests


@contextmanager
def filled(folder: Path) -> Iterator[Service]:
    """Import everything and index it. Needs the model and the gazetteer that `make prepare` builds."""
    usual = Settings()
    (folder / "places.sqlite").symlink_to(usual.var_directory.resolve() / "places.sqlite")
    changed = {
        "DATABASE_URL": f"sqlite:///{folder / 'alliance.sqlite'}",
        "var_directory": folder,
        "sync_in_process": False,
        "letters_in_process": False,
        "admission": "reviewed",
        "requests_per_minute": MANY,
        "tries_per_minute": MANY,
        "sign_ins_per_hour": MANY,
    }
    service = Service(Settings.model_validate(changed))
    try:
        upgrade(service.settings.database_url)
        for path, kind in demo_files(service.settings.data_directory / "demo"):
            options = ImportOptions(kind=kind, source=SOURCE, is_demo=True)
            report = import_file(service.database, desk_of=service.desk(), path=path, options=options)
            assert report.refused_rows == 0, report.refused
        service.synchroniser.drain()
        yield service
    finally:
        service.close()
