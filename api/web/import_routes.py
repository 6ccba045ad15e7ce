"""The addresses of files that come in and go out."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from tempfile import TemporaryFile
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Path, UploadFile
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from api.web.desk import check_room
from api.web.frames import NEVER_KEPT, Asked, AskedPage, page
from api.web.import_views import Exports
from api.web.imports import carry_out, import_page, imports_page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, Sent, refused
from matchmaker.audit.actions import record_act
from matchmaker.exchange.drafting import SOURCE_CHARACTERS
from matchmaker.exchange.export import export_profiles
from matchmaker.exchange.uploads import State, new_upload, with_choices
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES
from matchmaker.exchange.writers import CsvWriter, JsonLinesWriter, ProfileWriter, XlsxWriter
from matchmaker.profiles.queries import count_profiles

CONFLICT = 409
CHUNK_BYTES = 65_536
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
}
Key = Annotated[str, Path(max_length=64)]
Typing = Annotated[str, Form()]


files = APIRouter(prefix="/desk", default_response_class=HTMLResponse)


@files.get("/import")
def read_imports(asked: AskedPage, done: str = "") -> Response:
    """The form of a new file, and the files that are kept."""
    return page(imports_page(asked, done=done if done == "removed" else ""))


@files.post("/import")
def post_file(
    asked: AskedPage, tasks: BackgroundTasks, file: UploadFile | None = None, kind: Typing = "", source: Typing = "",
    mapping: Typing = "",
) -> Response:  # fmt: skip
    """Keep a file and check it; nothing of it is saved yet."""
    check_room(asked, "import")
    typed = {"kind": kind, "source": source, "mapping": mapping}
    if file is None or not file.size:
        wrong = refused(typed, field="file", sentence=asked.say("form.file"))
        return page(imports_page(asked, typed=wrong), status=UNPROCESSABLE)
    if len(source.strip()) > SOURCE_CHARACTERS:
        wrong = refused(typed, field="source", sentence=asked.say("form.source"))
        return page(imports_page(asked, typed=wrong), status=UNPROCESSABLE)
    upload = new_upload(
        name=file.filename or "", account_id=asked.acting.account_id or 0, now=asked.service.clock(),
        kind=kind if kind in (PROFILES, CHALLENGES) else "", source=source.strip(), mapping=mapping,
    )  # fmt: skip
    asked.service.uploads.keep(file.file, upload)
    tasks.add_task(carry_out, asked.service, upload.key, dry_run=True)
    return _to(asked, upload.key)


@files.get("/import/{key}")
def read_import(asked: AskedPage, key: Key) -> Response:
    """One file."""
    return page(import_page(asked, key))


@files.post("/import/{key}/check")
def post_check(asked: AskedPage, sent: Sent, tasks: BackgroundTasks, key: Key) -> Response:
    """Check a file anew, its columns read as its reader says."""
    check_room(asked, "import")
    view = import_page(asked, key)
    if view.is_working:
        return _busy(asked, key)
    headers = {column.header: sent[column.name] for column in view.columns if column.name in sent}
    chosen = {column.header: next((each.value for each in column.choices if each.is_chosen), "")
              for column in view.columns}  # fmt: skip
    upload, kind = asked.service.uploads.find(key), sent.get("kind", "")
    kept = {header: said for header, said in headers.items() if said != chosen[header] or header in upload.headers}
    changed = with_choices(
        upload, kind=kind if kind in (PROFILES, CHALLENGES) else upload.kind,
        source=sent.get("source", upload.source).strip()[:SOURCE_CHARACTERS], headers=kept, now=asked.service.clock(),
    )  # fmt: skip
    asked.service.uploads.save(changed)
    tasks.add_task(carry_out, asked.service, key, dry_run=True)
    return _to(asked, key)


@files.post("/import/{key}/run")
def post_run(asked: AskedPage, tasks: BackgroundTasks, key: Key) -> Response:
    """Import what can be imported. The same file again changes nothing."""
    check_room(asked, "import")
    upload, now = asked.service.uploads.find(key), asked.service.clock()
    if upload.state is State.IMPORTED:
        return _to(asked, key)
    is_broken_off = upload.state is State.IMPORTING and upload.is_stalled(now)
    if upload.state is not State.CHECKED and not is_broken_off:
        return _busy(asked, key)
    asked.session.close()
    with asked.service.database.transaction() as session:
        record_act(session, acting=asked.acting, act="file.import", subject="file", subject_id=0, now=now,
                   codes={"rows": upload.report.rows if upload.report else 0})  # fmt: skip
    asked.service.uploads.save(replace(upload, state=State.IMPORTING, done=0, total=0, seen_at=now))
    tasks.add_task(carry_out, asked.service, key, dry_run=False)
    return _to(asked, key)


@files.post("/import/{key}/removal")
def post_removal(asked: AskedPage, key: Key) -> Response:
    """Take a file away; what was imported from it stays."""
    check_room(asked, "import")
    if import_page(asked, key).is_working:
        return _busy(asked, key)
    asked.service.uploads.remove(key)
    return asked.here("/desk/import?done=removed#done")


@files.get("/export")
def read_export(asked: AskedPage) -> Response:
    """What can be taken out."""
    rooms = check_room(asked, "export")
    view = Exports(
        asked.language, asked.frame("desk"), rooms, count_profiles(asked.session, acting=asked.acting),
        tuple(MEDIA_TYPES),
    )  # fmt: skip
    return page(view)


@files.post("/export")
def post_export(asked: AskedPage, format: Typing = "csv") -> Response:  # noqa: A002 - the name of the field
    """All profiles as a file, without e-mail addresses; who took it out, and when, is in the audit log."""
    check_room(asked, "export")
    suffix = format if format in MEDIA_TYPES else "csv"
    now = asked.service.clock()
    asked.session.close()
    with asked.service.database.transaction() as session:
        record_act(session, acting=asked.acting, act="file.export", subject="file", subject_id=0, now=now,
                   codes={"format": suffix})  # fmt: skip
    headers = NEVER_KEPT | {"Content-Disposition": f'attachment; filename="profiles-{now:%Y-%m-%d}.{suffix}"'}
    return StreamingResponse(_written(asked, suffix), media_type=MEDIA_TYPES[suffix], headers=headers)


def _written(asked: Asked, suffix: str) -> Iterator[bytes]:
    with TemporaryFile() as file:
        with ExitStack() as opened, asked.service.database.reading() as session:
            folder = asked.service.settings.data_directory / "mappings"
            writer: ProfileWriter = JsonLinesWriter(file)
            if suffix == "csv":
                writer = opened.enter_context(CsvWriter(file, language=asked.language, directory=folder))
            elif suffix == "xlsx":
                writer = opened.enter_context(XlsxWriter(file, language=asked.language, directory=folder))
            export_profiles(session, asked.acting, writer)
        file.seek(0)
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _to(asked: Asked, key: str) -> Response:
    return asked.here(f"/desk/import/{key}")


def _busy(asked: Asked, key: str) -> Response:
    wrong: Typed = refused({}, field="state", sentence=asked.say("form.working"))
    return page(import_page(asked, key, typed=wrong), status=CONFLICT)
