"""The HTTP server, in one process or several."""

import socket
from contextlib import suppress

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

FACTORY = "api.app:production"  # of each process, when there are several


def run(app: FastAPI, listening: socket.socket, workers: int) -> None:
    """Answer requests at a bound socket: with `app` in this process, or with an application in each of several."""
    with suppress(KeyboardInterrupt):  # how people stop it
        if workers == 1:
            uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
            return
        config = uvicorn.Config(FACTORY, factory=True, workers=workers, log_level="warning")
        listening.set_inheritable(True)
        Multiprocess(config, sockets=[listening]).run()
