"""The HTTP server, in one process or several."""

import socket
from contextlib import suppress

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

FACTORY = "api.app:production"  # of each process, when there are several
START_SECONDS = (
    120  # that a process may be silent, as when it loads its libraries on a busy machine; then it is replaced
)


def run(app: FastAPI, listening: socket.socket, workers: int, *, factory: str = FACTORY) -> None:
    """Answer requests at a bound socket: with `app` in this process, or with what `factory` makes in several."""
    with suppress(KeyboardInterrupt):  # how people stop it
        if workers == 1:
            uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
            return
        config = uvicorn.Config(
            factory, factory=True, workers=workers, log_level="warning", timeout_worker_healthcheck=START_SECONDS
        )
        listening.set_inheritable(True)
        Multiprocess(config, sockets=[listening]).run()
