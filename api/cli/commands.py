"""The commands with their options. What they do is imported when they run: help stays quick."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Context, Option

from api.cli.faults import ExitCode
from api.cli.operator import Operator

Json = Annotated[bool, Option("--json", help="help.json")]
Top = Annotated[int, Option("--top", min=1, max=200, metavar="N", help="help.top", show_default=False)]
Wait = Annotated[float, Option("--wait", min=0, metavar="SECONDS", help="help.wait", show_default=False)]
Kind = Literal["profiles", "challenges"]
SeenBy = Literal["visible", "unclaimed", "hidden"]
RoleName = Literal["city", "supplier", "secretariat", "committee", "administrator"]
WAIT_SECONDS = 60.0  # for another process that writes the index; a rebuild may take longer, a drain does not
SHOWN_MATCHES = 10
RANKED_DOCUMENTS = 100  # of a judged query: as deep as recall@100 looks


class ScopeName(StrEnum):
    """What a key may be used for."""

    READ = "read"
    WRITE = "write"
    PEOPLE = "people"


def operator(context: Context) -> Operator:
    """Who runs the command."""
    found: Operator = context.obj
    return found


def prepare(context: Context) -> ExitCode:
    """Make model, gazetteer and tables."""
    from api.cli.preparing import prepare_all

    return prepare_all(operator(context))


def serve(
    context: Context,
    host: Annotated[str, Option(metavar="ADDRESS", help="help.host", show_default=False)] = "127.0.0.1",
    port: Annotated[int, Option(min=0, max=65_535, metavar="N", help="help.port", show_default=False)] = 8_000,
    workers: Annotated[int, Option(min=1, max=64, metavar="N", help="help.workers", show_default=False)] = 1,
    demo: Annotated[bool, Option("--demo", help="help.demo")] = False,  # noqa: FBT002
) -> ExitCode:
    """Serve pages and API."""
    from api.cli.serving import serve_here

    return serve_here(operator(context), host=host, port=port, workers=workers, demo=demo)


def import_files(
    context: Context,
    files: Annotated[list[Path], Argument(metavar="FILE...", help="help.import.files")],
    kind: Annotated[Kind | None, Option(help="help.import.kind")] = None,
    mapping: Annotated[str, Option(metavar="NAME|PATH", help="help.import.mapping", show_default=False)] = "",
    source: Annotated[str, Option(metavar="NAME", help="help.import.source", show_default=False)] = "",
    visibility: Annotated[SeenBy | None, Option(help="help.import.visibility")] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="help.import.dry_run")] = False,  # noqa: FBT002
    no_sync: Annotated[bool, Option("--no-sync", help="help.import.no_sync")] = False,  # noqa: FBT002
    wait: Wait = WAIT_SECONDS,
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Import files."""
    from api.cli.importing import Wish, import_all

    wish = Wish(
        kind=kind, mapping=mapping, source=source, visibility=visibility, dry_run=dry_run, sync=not no_sync, wait=wait
    )
    return import_all(operator(context), files, wish, as_json=json)


def export(
    context: Context,
    file: Annotated[Path, Argument(metavar="FILE", help="help.export.file")],
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Export profiles."""
    from api.cli.exporting import export_to

    return export_to(operator(context), file, as_json=json)


def match(
    context: Context,
    text: Annotated[str, Argument(metavar="[TEXT|-|@FILE]", help="help.match.text", show_default=False)] = "",
    challenge: Annotated[int | None, Option(min=1, metavar="ID", help="help.match.challenge")] = None,
    language: Annotated[str, Option(metavar="CODE", help="help.match.language", show_default=False)] = "",
    place: Annotated[str, Option(metavar="TOWN,CC|CC", help="help.match.place", show_default=False)] = "",
    country: Annotated[list[str] | None, Option(metavar="CC", help="help.match.country")] = None,
    kind: Annotated[list[str] | None, Option(metavar="KIND", help="help.match.kind")] = None,
    delivering: Annotated[bool, Option("--delivering", help="help.match.delivering")] = False,  # noqa: FBT002
    top: Top = SHOWN_MATCHES,
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Match a text or a stored challenge."""
    from api.cli.matching import Asked, match_and_show

    asked = Asked(
        text=text, challenge=challenge, language=language, place=place, countries=tuple(country or ()),
        kinds=tuple(kind or ()), delivering=delivering, top=top,
    )  # fmt: skip
    return match_and_show(operator(context), asked, as_json=json)


def opportunities(
    context: Context,
    profile: Annotated[int, Argument(min=1, metavar="PROFILE_ID", help="help.opportunities.profile")],
    top: Top = SHOWN_MATCHES,
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Show open challenges that fit a profile."""
    from api.cli.opportunities import opportunities_of

    return opportunities_of(operator(context), profile, top=top, as_json=json)


def index_sync(context: Context, wait: Wait = WAIT_SECONDS, json: Json = False) -> ExitCode:  # noqa: FBT002
    """Bring the index to what the database says."""
    from api.cli.indexing import sync_and_show

    return sync_and_show(operator(context), wait=wait, whole=False, as_json=json)


def index_rebuild(context: Context, wait: Wait = WAIT_SECONDS, json: Json = False) -> ExitCode:  # noqa: FBT002
    """Make the index anew."""
    from api.cli.indexing import sync_and_show

    return sync_and_show(operator(context), wait=wait, whole=True, as_json=json)


def index_check(context: Context, json: Json = False) -> ExitCode:  # noqa: FBT002
    """Compare index and database."""
    from api.cli.indexing import check_and_show

    return check_and_show(operator(context), as_json=json)


def evaluate(
    context: Context,
    directories: Annotated[list[Path], Argument(metavar="DIR...", help="help.evaluate.directories")],
    top: Annotated[
        int, Option(min=1, max=1_000, metavar="K", help="help.evaluate.top", show_default=False)
    ] = RANKED_DOCUMENTS,
    run: Annotated[Path | None, Option(metavar="FILE", help="help.evaluate.run")] = None,
    markdown: Annotated[bool, Option("--markdown", help="help.evaluate.markdown")] = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Measure matching on judged sets."""
    from api.cli.evaluating import Form, evaluate_all

    form = Form.JSON if json else Form.MARKDOWN if markdown else Form.TABLE
    return evaluate_all(operator(context), directories, top=top, run=run, form=form)


def bench(context: Context, json: Json = False) -> ExitCode:  # noqa: FBT002
    """Measure speed."""
    from api.cli.benching import bench_and_show

    return bench_and_show(operator(context), as_json=json)


def administrator_create(
    context: Context,
    email: Annotated[str, Option(metavar="ADDRESS", help="help.administrator.email")],
    name: Annotated[str, Option(metavar="NAME", help="help.administrator.name", show_default=False)] = "",
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Make an administrator."""
    from api.cli.people import create_administrator

    return create_administrator(operator(context), email=email, name=name, as_json=json)


def token_create(
    context: Context,
    role: Annotated[RoleName, Option(help="help.token.role")],
    name: Annotated[str, Option(metavar="NAME", help="help.token.name")],
    label: Annotated[str, Option(metavar="TEXT", help="help.token.label", show_default=False)] = "",
    days: Annotated[int | None, Option(min=1, max=36_500, metavar="N", help="help.token.days")] = None,
    profile: Annotated[list[int] | None, Option(min=1, metavar="ID", help="help.token.profile")] = None,
    scope: Annotated[list[ScopeName] | None, Option(help="help.token.scope")] = None,
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Make an account with a token."""
    from api.cli.tokens import create

    return create(
        operator(context), role=role, name=name, label=label, days=days, profiles=tuple(profile or ()),
        scopes=tuple(scope or ()), as_json=json,
    )  # fmt: skip


def token_list(context: Context, json: Json = False) -> ExitCode:  # noqa: FBT002
    """List tokens."""
    from api.cli.tokens import show_all

    return show_all(operator(context), as_json=json)


def token_revoke(
    context: Context,
    token: Annotated[int, Argument(min=1, metavar="ID", help="help.token.id")],
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """End a token."""
    from api.cli.tokens import revoke

    return revoke(operator(context), token, as_json=json)


def letters_send(context: Context, json: Json = False) -> ExitCode:  # noqa: FBT002
    """Send letters that are due."""
    from api.cli.letters import send

    return send(operator(context), as_json=json)


def letters_bounces(
    context: Context,
    mail: Annotated[Path, Argument(metavar="MBOX|MAILDIR", help="help.letters.mail")],
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Note mail that came back."""
    from api.cli.letters import note_bounces

    return note_bounces(operator(context), mail, as_json=json)


def audit_verify(
    context: Context,
    expected: Annotated[str, Option("--expect", metavar="DIGEST", help="help.audit.expect", show_default=False)] = "",
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Verify the audit log."""
    from api.cli.auditing import verify

    return verify(operator(context), expected=expected, as_json=json)
