"""The code of ethics signed, and interests declared, on pages."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.frames import Asked, AskedPage, page
from api.web.lines import named
from api.web.pieces import Choice, Named
from api.web.trust_views import ArticleShown, Declaration, Ethics, InterestShown
from api.web.typed import Typed, Wrong
from api.web.typing import UNPROCESSABLE, understood
from matchmaker.integrity.actions import declare_interests, sign_code
from matchmaker.integrity.drafts import InterestDraft
from matchmaker.integrity.models import Nature
from matchmaker.integrity.queries import declarations_of, duties_of, interests_of, standing_of
from matchmaker.integrity.rules import is_past
from matchmaker.profiles.queries import full_profiles, get_profile

LINES = 3  # of a declaration at a time; who has more ties saves and is shown more
LATEST = 100
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
Typings = Annotated[list[str], Form(default_factory=list)]
trust = APIRouter(prefix="/profiles/{profile_id}", default_response_class=HTMLResponse)


@trust.get("/ethics")
def read_ethics(asked: AskedPage, profile_id: Number) -> Response:
    """The code in force, with the member's signature."""
    rulebook, now = asked.service.rulebook, asked.service.clock()
    standing = standing_of(asked.session, acting=asked.signed_in(), profile_id=profile_id, rulebook=rulebook, now=now)
    code, language = standing.code, asked.language
    view = Ethics(
        language=language,
        frame=asked.frame("account"),
        member=_member(asked, profile_id),
        title=code.title[language],
        version=code.version,
        is_provisional=code.provisional,
        preamble=code.preamble[language],
        articles=tuple(ArticleShown(each.title[language], each.text[language]) for each in code.articles),
        state=standing.state,
        due_at=standing.due_at,
        signed_at=standing.signature.signed_at if standing.signature else None,
    )
    return page(view)


@trust.post("/ethics")
def post_ethics(asked: AskedPage, profile_id: Number, version: Typing = "") -> Response:
    """Sign the version that was read; once more changes nothing."""
    acting = asked.signed_in()
    asked.session.close()
    with asked.service.database.transaction() as session:
        sign_code(
            session, acting=acting, profile_id=profile_id, version=version, rulebook=asked.service.rulebook,
            now=asked.service.clock(),
        )  # fmt: skip
    return asked.here(f"/profiles/{profile_id}/ethics")


@trust.get("/declaration")
def read_declaration(asked: AskedPage, profile_id: Number, done: str = "") -> Response:
    """What one declared for a member, and the form for the next."""
    return page(_declaration(asked, profile_id, Typed(), done=done))


@trust.post("/declaration")
def post_declaration(
    asked: AskedPage, profile_id: Number, nature: Typings, with_name: Typings, kept: Typing = ""
) -> Response:
    """Declare all interests: those that stand, and new ones; none at all is said by leaving all empty."""
    acting, now = asked.signed_in(), asked.service.clock()
    drafts, typed = _read(asked, nature, with_name)
    if typed.errors:
        return page(_declaration(asked, profile_id, typed), status=UNPROCESSABLE)
    drafts += _standing(asked, profile_id, now) if kept else []
    asked.session.close()
    with asked.service.database.transaction() as session:
        declare_interests(session, acting=acting, profile_id=profile_id, interests=drafts, now=now)
    return asked.here(f"/profiles/{profile_id}/declaration?done=saved#done")


def _member(asked: Asked, profile_id: int) -> Named:
    return named(get_profile(asked.session, acting=asked.acting, profile_id=profile_id).profile)


def _declaration(asked: Asked, profile_id: int, typed: Typed, *, done: str = "") -> Declaration:
    acting, session, now = asked.signed_in(), asked.session, asked.service.clock()
    duties = duties_of(session, acting=acting, profile_id=profile_id, rulebook=asked.service.rulebook, now=now)
    duty = next((each for each in duties if each.account_id == acting.account_id), None)
    found = declarations_of(session, acting=acting, profile_id=profile_id, after=0, limit=LATEST)
    mine = [(row, items) for row, items in found if row.account_id == acting.account_id]
    row, items = mine[-1] if mine else (None, [])
    return Declaration(
        language=asked.language,
        frame=asked.frame("account", form="page-form" if typed.errors else ""),
        member=_member(asked, profile_id),
        state=duty.state if duty else "",
        ends_at=duty.ends_at if duty else None,
        declared_at=row.declared_at if row else None,
        interests=tuple(
            InterestShown(item.nature, _tie(asked, item.with_profile_id, item.with_name), is_past(item.until, now=now))
            for item in items
        ),
        typed=typed,
        natures=tuple(_natures(str(typed.get(f"nature-{number}"))) for number in range(LINES)),
        done="saved" if done == "saved" else "",
    )


def _tie(asked: Asked, profile_id: int | None, name: str | None) -> str:
    """With whom; nothing where the other is no longer shown."""
    if name or profile_id is None:
        return name or ""
    shown = full_profiles(asked.session, acting=asked.acting, profile_ids=[profile_id]).get(profile_id)
    return named(shown.profile).name if shown else ""


def _natures(chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(each, each, each == chosen) for each in Nature)


def _read(asked: Asked, natures: list[str], names: list[str]) -> tuple[list[InterestDraft], Typed]:
    """The lines in which something was written; each says both what and with whom."""
    drafts: list[InterestDraft] = []
    values: dict[str, object] = {}
    wrong: list[Wrong] = []
    for number, (nature, name) in enumerate(zip(natures[:LINES], names[:LINES], strict=False)):
        values |= {f"nature-{number}": nature, f"with_name-{number}": name}
        if not nature and not name.strip():
            continue
        draft, typed = understood(asked, InterestDraft, {"nature": nature, "with_name": name})
        drafts += [draft] if draft else []
        wrong += [Wrong(f"{error.field}-{number}", error.sentence) for error in typed.errors[:1]]
    return drafts, Typed(values, tuple(wrong))


def _standing(asked: Asked, profile_id: int, now: datetime) -> list[InterestDraft]:
    """The ties of one's last declaration that still hold."""
    acting = asked.signed_in()
    found = declarations_of(asked.session, acting=acting, profile_id=profile_id, after=0, limit=LATEST)
    mine = [row for row, _ in found if row.account_id == acting.account_id][-1:]
    items = interests_of(asked.session, mine)
    return [
        InterestDraft(nature=Nature(item.nature), with_profile_id=item.with_profile_id,
                      with_name=item.with_name or None, since=item.since, until=item.until)
        for row in mine for item in items[row.id or 0] if not is_past(item.until, now=now)
    ]  # fmt: skip
