"""What every route takes: the service, a session that reads as anyone, the language of the address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from api.security import CurrentService
from api.web.pieces import Frame
from api.wiring import Service
from matchmaker.accounts.models import ANYONE, Acting


@dataclass(frozen=True)
class Asked:
    """A request for a page. Pages know no accounts yet: everything is read as anyone may read it."""

    service: Service
    session: Session
    language: str
    path: str
    query: str
    acting: Acting = ANYONE

    def frame(self, section: str, *, is_posted: bool = False) -> Frame:
        """What stands around a page of this section."""
        return Frame(self.path, self.query, section, is_posted)


def asked_page(request: Request, service: CurrentService) -> Iterator[Asked]:
    """The request for a page, with a session that is closed when the answer is made."""
    _, language, rest = f"{request.scope['path']}/".split("/", 2)
    query = f"?{request.url.query}" if request.url.query else ""
    with service.database.reading() as session:
        yield Asked(service, session, language, f"/{rest}"[:-1] or "/", query)


AskedPage = Annotated[Asked, Depends(asked_page, scope="function")]
