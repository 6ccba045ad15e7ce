"""A sheet of all components, for who develops: it is there only where the service is not reached by https."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.web.frames import AskedPage, page
from api.web.people_views import Design
from api.web.pieces import Choice
from api.web.typed import Typed, Wrong
from matchmaker.errors import NotFoundError

design = APIRouter(default_response_class=HTMLResponse)


@design.get("/design")
def read_design(asked: AskedPage) -> Response:
    """All components. Raises `address_unknown` in production."""
    if asked.service.settings.public_url.startswith("https://"):
        raise NotFoundError("address_unknown")
    title = asked.service.taxonomy.source[asked.language]
    choices = tuple(
        Choice(term.code, term.name[asked.language], number == 0)
        for number, term in enumerate(asked.service.taxonomy.areas[:3])
    )
    wrong = Typed({"wrong_line": title}, (Wrong("wrong_line", asked.say("form.invalid")),))
    return page(Design(asked.language, asked.frame("design"), Typed({"line": title}), wrong, choices))
