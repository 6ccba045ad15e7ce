"""`serve`: everything made ready, then requests answered until someone stops it."""

import socket
from typing import TYPE_CHECKING

from api.cli.demo import import_demo
from api.cli.faults import ExitCode, SetUpError
from api.cli.indexing import sync
from api.cli.operator import Operator
from api.cli.outlets import notices, stages
from api.cli.people import HOURS, demo_links
from api.cli.preparing import prepare_service

if TYPE_CHECKING:
    from api.wiring import Service

START_WAIT_SECONDS = 600.0  # for another process that writes the index: a rebuild beside it may take minutes


def serve_here(operator: Operator, *, host: str, port: int, workers: int, demo: bool) -> ExitCode:
    """Prepare, fill, index, and answer. Raises `port_in_use`, `address_refused` before anything long begins."""
    with bound(host, port) as listening, operator.service() as service:
        prepare_service(service, operator.say)
        fill(service, operator, demo=demo)
        address = _welcome(operator, listening, demo=demo)
        if demo:
            show_links(service, operator, address)
        notices().print(operator.say("note.stop"))
        from api.app import create_app

        operator.outside.run_server(create_app(service), listening, workers)
    return ExitCode.DONE


def fill(service: "Service", operator: Operator, *, demo: bool) -> None:
    """Import the demo data where it is wanted, and bring the index up to date."""
    with stages(operator.say) as progress:
        if demo and import_demo(service, progress) is None:
            progress.tell(operator.say("note.demo_there"))
        sync(service, progress, wait=START_WAIT_SECONDS, whole=False)


def bound(host: str, port: int) -> socket.socket:
    """A socket at an address that nobody else has. Raises `port_in_use`, `address_refused`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise SetUpError("address_refused", host=host, port=port, reason=error.strerror or error) from error
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
    except OSError as error:
        made.close()
        code = "port_in_use" if "in use" in str(error).lower() else "address_refused"
        raise SetUpError(code, host=host, port=port, reason=error.strerror or error) from error
    return made


def _welcome(operator: Operator, listening: socket.socket, *, demo: bool) -> str:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    console = notices()
    console.print(operator.say("note.address", address=f"{address}/{operator.say.language}/"), style="bold")
    console.print(operator.say("note.first_demo" if demo else "note.first_empty", address=address))
    return address


def show_links(service: "Service", operator: Operator, address: str) -> None:
    """Tell a link for each role; at the address at which we listen, unless the operator has set a public one."""
    is_set = "public_url" in service.settings.model_fields_set
    console = notices()
    console.print(operator.say("note.demo_links", hours=HOURS))
    for role, link in demo_links(service, operator.say, public_url=service.settings.public_url if is_set else address):
        console.print(f"  {operator.say(f'role.{role}')}: {link}")
