"""Versions of what the alliance has laid down: read, tried, published."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import MEDIA_TYPE, file_answer, read_answer, saved_answer, tried_answer
from api.rest.dependencies import CallerLanguage, Reading, Transaction, only_json
from api.rest.documents import CREATED, READ, TRIED
from api.rest.examples import CRITERIA
from api.rest.faults import Fault, faults_of_trial
from api.security import CurrentService, SignedIn
from matchmaker.publishing.actions import publish_version, try_version
from matchmaker.publishing.documents import written
from matchmaker.publishing.models import Change, Fate, Scalar, Trial
from matchmaker.publishing.queries import Listed, get_edition, list_editions
from matchmaker.taxonomy.models import VERSION_CHARACTERS, AllianceList

router = APIRouter(tags=["lists"])
Version = Annotated[str, Path(min_length=1, max_length=VERSION_CHARACTERS, examples=["2017.1"])]
DocumentBody = Annotated[dict[str, Any], Body(openapi_examples=CRITERIA)]


class EditionShape(BaseModel):
    """A version. Without `published_at` it came with the service; `since`: the day from which it holds, if known."""

    list: AllianceList
    version: str
    provisional: bool
    is_in_force: bool
    since: date | None
    published_at: datetime | None
    published_by: str


class EditionsShape(BaseModel):
    """Every version of every list, the newest first."""

    versions: list[EditionShape]


class ChangeShape(BaseModel):
    """An entry that is added, renamed, changed or gone. `before`: its old name; `fields`: what else differs.

    `values`: old and new of a weight, and of what stands around the lists where it is no text.
    """

    list: str
    fate: Fate
    code: str
    name: dict[str, str]
    before: dict[str, str] | None
    fields: Sequence[str]
    values: tuple[Scalar, Scalar] | None


class TrialShape(BaseModel):
    """What a document would do, or did. With `faults` it cannot be published; `is_known`: it is published already.

    Of the code: from when it holds, the days to sign it and the members who are asked to. Of the criteria: whether
    what is handed in from now on is judged by them, and how many running applications keep which version.
    """

    list: AllianceList | None
    version: str
    is_known: bool
    faults: Sequence[Fault]
    changes: Sequence[ChangeShape]
    begins: date | None
    grace_days: int
    members: int
    is_applied: bool
    running: dict[str, int]


@router.get("/lists", response_model=EditionsShape, responses=READ)
def read_lists(request: Request, session: Reading, service: CurrentService, caller: SignedIn) -> Response:
    """The versions of taxonomy, criteria and code of ethics: those that came with the service and those published."""
    found = list_editions(session, acting=caller, book=service.shelf.book, now=service.clock())
    return read_answer(request, EditionsShape(versions=[_edition_shape(each) for each in found]))


@router.get("/lists/{list}/{version}", response_model=dict[str, Any], responses=READ)
def read_list(
    request: Request, service: CurrentService, caller: SignedIn, list: AllianceList, version: Version  # noqa: A002
) -> Response:  # fmt: skip
    """One version as a document: change it, give it a new number, and hand it in."""
    found = get_edition(acting=caller, book=service.shelf.book, of=list, version=version)
    return file_answer(request, written(found.document).encode(), MEDIA_TYPE)


@router.post("/lists/trial", response_model=TrialShape, responses=TRIED, dependencies=[Depends(only_json)])
def post_trial(
    session: Reading, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: DocumentBody
) -> Response:
    """What a document would change and whom it concerns, or what is wrong in it and where. Nothing is kept."""
    directory = service.settings.data_directory
    trial = try_version(session, directory=directory, acting=caller, content=body, now=service.clock())
    return tried_answer(_trial_shape(trial, faults_of_trial(trial, language)))


@router.post(
    "/lists", status_code=CREATED_STATUS, response_model=TrialShape, responses=CREATED,
    dependencies=[Depends(only_json)],
)  # fmt: skip
def post_list(session: Transaction, service: CurrentService, caller: SignedIn, body: DocumentBody) -> Response:
    """Put a version in force. The same once more changes nothing."""
    directory, office = service.settings.data_directory, service.admission_office()
    trial = publish_version(session, directory=directory, office=office, acting=caller, content=body)
    return saved_answer(_trial_shape(trial, ()), location=f"/v1/lists/{trial.list}/{trial.version}")


def _edition_shape(listed: Listed) -> EditionShape:
    edition = listed.edition
    return EditionShape(
        list=edition.list, version=edition.version, provisional=edition.document["provisional"],
        is_in_force=listed.is_in_force, since=listed.since, published_at=edition.published_at,
        published_by=listed.published_by,
    )  # fmt: skip


def _trial_shape(trial: Trial, faults: Sequence[Fault]) -> TrialShape:
    effects = trial.effects
    return TrialShape(
        list=trial.list, version=trial.version, is_known=trial.is_known, faults=faults,
        changes=[_change_shape(each) for each in trial.changes], begins=effects.begins,
        grace_days=effects.grace_days, members=effects.members, is_applied=effects.is_applied,
        running=dict(effects.running),
    )  # fmt: skip


def _change_shape(change: Change) -> ChangeShape:
    return ChangeShape(
        list=change.list, fate=change.fate, code=change.code, name=dict(change.name),
        before=None if change.before is None else dict(change.before), fields=change.fields, values=change.values,
    )  # fmt: skip
