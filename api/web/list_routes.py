"""The addresses of the alliance's lists."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, UploadFile
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.web.desk import check_room
from api.web.doing import CONFLICT, refusal_of
from api.web.frames import NEVER_KEPT, Asked, AskedPage, page
from api.web.list_trials import trial_page
from api.web.lists import LAID_DOWN, PUBLISHED, lists_page
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.membership.actions import switch_process
from matchmaker.publishing.actions import VersionRefusedError, publish_version, try_version
from matchmaker.publishing.documents import written
from matchmaker.publishing.queries import get_edition
from matchmaker.taxonomy.models import VERSION_CHARACTERS, AllianceList
from matchmaker.texts import Line, Words

Typing = Annotated[str, Form()]
Version = Annotated[str, Path(max_length=VERSION_CHARACTERS)]
lists = APIRouter(prefix="/desk/lists", default_response_class=HTMLResponse)


class Process(BaseModel):
    """How applications handed in from now on are decided."""

    criteria_version: Line
    has_assessors: bool
    has_committee: bool
    reason: Words


@lists.get("")
def read_lists(asked: AskedPage, of: str = "", first: str = "", second: str = "", done: str = "") -> Response:
    """The versions, and two of them compared."""
    return page(lists_page(asked, compared=(of, first, second), done=done))


@lists.post("/process")
def post_process(
    asked: AskedPage, criteria_version: Typing = "", has_assessors: Typing = "", has_committee: Typing = "",
    reason: Typing = "",
) -> Response:  # fmt: skip
    """Switch criteria, assessors and the committee on or off for what is handed in from now on."""
    check_room(asked, "lists")
    values = {"criteria_version": criteria_version, "has_assessors": bool(has_assessors),
              "has_committee": bool(has_committee), "reason": reason}  # fmt: skip
    draft, typed = understood(asked, Process, values)
    if draft is None:
        return page(lists_page(asked, typed=typed), status=UNPROCESSABLE)
    office = asked.service.admission_office()
    refusal = refusal_of(
        asked, lambda session, acting: switch_process(session, office=office, acting=acting, **draft.model_dump())
    )
    if refusal:
        return page(lists_page(asked, typed=refused(values, field="reason", sentence=refusal)), status=CONFLICT)
    return asked.here(f"/desk/lists?done={LAID_DOWN}#done")


@lists.get("/trial")
def read_trial(asked: AskedPage) -> Response:
    """What was tried is not kept: its address leads back to the lists."""
    check_room(asked, "lists")
    return asked.here("/desk/lists")


@lists.post("/trial")
def post_trial(asked: AskedPage, file: UploadFile | None = None, document: Typing = "") -> Response:
    """Look at a new version; nothing of it is saved."""
    check_room(asked, "lists")
    content = file.file.read() if file is not None and file.size else document.encode("utf-8", "replace")
    if not content.strip():
        handed = refused({}, field="file", sentence=asked.say("form.document"))
        return page(lists_page(asked, handed=handed), status=UNPROCESSABLE)
    return _tried(asked, content)


@lists.post("/publication")
def post_publication(asked: AskedPage, document: Typing = "") -> Response:
    """Put a new version in force; one that no longer fits is shown with what stands against it."""
    check_room(asked, "lists")
    content, service = document.encode("utf-8", "replace"), asked.service
    asked.session.close()
    try:
        with service.database.transaction() as session:
            publish_version(
                session, directory=service.settings.data_directory, office=service.admission_office(),
                acting=asked.acting, content=content,
            )  # fmt: skip
    except VersionRefusedError:
        return _tried(asked, content)
    return asked.here(f"/desk/lists?done={PUBLISHED}#done")


@lists.get("/{list}/{version}")
def read_document(asked: AskedPage, list: AllianceList, version: Version) -> Response:  # noqa: A002 - as in addresses
    """One version as a file, in the form in which a new one is handed in."""
    check_room(asked, "lists")
    edition = get_edition(acting=asked.acting, book=asked.service.shelf.book, of=list, version=version)
    headers = NEVER_KEPT | {"Content-Disposition": f'attachment; filename="{list}-{edition.version}.json"'}
    return Response(written(edition.document), headers=headers, media_type="application/json")


def _tried(asked: Asked, content: bytes) -> Response:
    service = asked.service
    trial = try_version(
        asked.session, directory=service.settings.data_directory, acting=asked.acting, content=content,
        now=service.clock(),
    )  # fmt: skip
    return page(trial_page(asked, trial, content=content), status=UNPROCESSABLE if trial.faults else 200)
