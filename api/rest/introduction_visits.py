"""What routes that change an introduction take: the session, who acts, at which office, on which introduction."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import check_fresh, saved_answer
from api.rest.dependencies import CallerLanguage, Number, Transaction
from api.rest.introduction_shapes import IntroductionShape, introduction_shape
from api.security import CurrentService, SignedIn
from matchmaker.accounts.models import Acting
from matchmaker.introductions.keeping import hold
from matchmaker.introductions.queries import view_introduction
from matchmaker.introductions.terms import Office
from matchmaker.languages import WorkingLanguage


class _Who(TypedDict):
    office: Office
    acting: Acting
    introduction_id: int


@dataclass(frozen=True)
class Visit:
    """One account that acts on one introduction, now."""

    session: Session
    office: Office
    acting: Acting
    language: WorkingLanguage
    introduction_id: int

    @property
    def who(self) -> _Who:
        """What every act takes beside its session."""
        return {"office": self.office, "acting": self.acting, "introduction_id": self.introduction_id}

    def saved(self) -> Response:
        """The introduction as the account reads it after its act."""
        shape = seen_by(self.session, self.acting, self.language, self.introduction_id)
        return saved_answer(shape)


def current_visit(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    introduction_id: Number,
) -> Visit:
    """The introduction held for this account. Raises `introduction_unknown`, `stale`."""
    hold(session, introduction_id)
    found = view_introduction(session, acting=caller, introduction_id=introduction_id)
    check_fresh(request, (introduction_shape(found, spoken) for spoken in WorkingLanguage))
    return Visit(session, service.introduction_office(), caller, language, introduction_id)


def seen_by(session: Session, acting: Acting, language: WorkingLanguage, introduction_id: int) -> IntroductionShape:
    """An introduction as an account may read it."""
    return introduction_shape(view_introduction(session, acting=acting, introduction_id=introduction_id), language)


CurrentVisit = Annotated[Visit, Depends(current_visit)]
