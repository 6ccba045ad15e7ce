"""Beginning a profile from a text or a file: what is in it is looked over before any of it is kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, UploadFile
from fastapi.responses import HTMLResponse, Response

from api.security import who_searches
from api.web.frames import AskedPage, page
from api.web.profile_pasting import chosen, paste_page, sorted_page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused
from matchmaker.errors import InvalidInputError
from matchmaker.exchange.papers import PAPER_BYTES, read_paper
from matchmaker.profiles.writing import save_copy, written

SEARCHES = [Depends(who_searches)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
Several = Annotated[list[str] | None, Form()]
pasting = APIRouter(prefix="/profiles/{profile_id}/draft", default_response_class=HTMLResponse)


@pasting.get("")
def read_paste(asked: AskedPage, profile_id: Number) -> Response:
    """Where a text is pasted or a file is brought."""
    return page(paste_page(asked, profile_id, Typed()))


@pasting.post("", dependencies=SEARCHES)
def post_paste(
    asked: AskedPage, profile_id: Number, pasted: Typing = "", file: Annotated[UploadFile | str, File()] = ""
) -> Response:
    """Sort what was brought; nothing of it is kept."""
    written(asked.session, acting=asked.signed_in(), profile_id=profile_id)
    text = pasted
    if not isinstance(file, str) and file.filename:
        try:
            text = read_paper(file.file.read(PAPER_BYTES + 1), name=file.filename)
        except InvalidInputError as refusal:
            sentence = asked.say_refusal(refusal.code, refusal.values)
            typed = refused({"pasted": pasted}, field="file", sentence=sentence)
            return page(paste_page(asked, profile_id, typed), status=UNPROCESSABLE)
    if not any(character.isalpha() for character in text):
        typed = refused({"pasted": pasted}, field="pasted", sentence=asked.say("form.pasted"))
        return page(paste_page(asked, profile_id, typed), status=UNPROCESSABLE)
    return page(sorted_page(asked, profile_id, text))


@pasting.post("/kept")
def post_kept(
    asked: AskedPage, profile_id: Number, sentence: Several = None, place: Several = None, together: Several = None,
    website: Typing = "",
) -> Response:  # fmt: skip
    """Keep the sentences where their author put them."""
    found = written(asked.session, acting=asked.signed_in(), profile_id=profile_id)
    draft = chosen(
        found.draft, texts=sentence or [], places=place or [], together=together or [], website=website[:400]
    )
    asked.session.close()
    with asked.service.database.transaction() as session:
        save_copy(session, acting=asked.acting, profile_id=profile_id, draft=draft, now=asked.service.clock())
    return asked.here(f"/profiles/{profile_id}/edit/check?done=saved#done")
