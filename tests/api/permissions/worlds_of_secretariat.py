"""A file that the secretariat handed in to be imported."""

from io import BytesIO

from matchmaker.exchange.uploads import new_upload
from tests.api.permissions.world import World


def add_file(world: World) -> None:
    """One that waits to be checked, under the name `file`."""
    upload = new_upload(
        name="miembros.csv",
        account_id=world.number("leaver"),
        now=world.service.clock(),
        kind="",
        source="",
        mapping="",
    )
    world.service.uploads.keep(BytesIO(b"tipo;nombre\nempresa;Uno\n"), upload)
    world.names["file"] = upload.key
