"""Something that a person does on a page: done, or refused in words that stand beside the form."""

from collections.abc import Callable

from sqlmodel import Session

from api.web.frames import Asked
from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, InvalidInputError

CONFLICT = 409
Act = Callable[[Session, Acting], object]


def refusal_of(asked: Asked, act: Act) -> str:
    """Do an act in a transaction of its own; what stands against it, in the reader's words, or nothing when it is done.

    What the reader may not do at all is raised. Raises `sign_in_needed`.
    """
    acting = asked.signed_in()
    asked.session.close()
    try:
        with asked.service.database.transaction() as session:
            act(session, acting)
    except (ConflictError, InvalidInputError) as refusal:
        return asked.say_refusal(refusal.code, refusal.values)
    return ""
