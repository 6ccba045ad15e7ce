"""Pages on the alliance itself, for everyone: who belongs, what is kept of whom, by which rules."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response

from api.web.everyone_views import (
    CodeListed,
    CodeVersion,
    Kept,
    LawShown,
    MemberListed,
    Privacy,
    PurposeShown,
    Register,
    SectionShown,
    TermShownFor,
)
from api.web.explained import term_name
from api.web.frames import Asked, AskedPage, page
from api.web.lines import PAGE_LINES
from api.web.profiles import next_query
from api.web.trust_views import ArticleShown
from matchmaker.integrity.rulebook import CodeOfEthics
from matchmaker.membership.queries import Member, list_register
from matchmaker.rights.deadlines import Law, Term, load_deadlines
from matchmaker.rights.models import Right
from matchmaker.rights.notice import load_notice
from matchmaker.rights.purposes import load_purposes, load_retention
from matchmaker.taxonomy.models import Concern

After = Annotated[int, Query(ge=0, le=2**31 - 1)]
Version = Annotated[str, Path(max_length=60)]
everyone = APIRouter(default_response_class=HTMLResponse)


@everyone.get("/register")
def register(asked: AskedPage, after: After = 0) -> Response:
    """The public register of members."""
    found = list_register(asked.session, acting=asked.acting, after=after, limit=PAGE_LINES + 1)
    rows = found[:PAGE_LINES]
    view = Register(
        language=asked.language,
        frame=asked.frame("register"),
        lines=tuple(_member(asked, row) for row in rows),
        is_first=after <= 0,
        next_query=next_query(rows[-1].profile.id, {}) if len(found) > PAGE_LINES else "",
    )
    return page(view)


@everyone.get("/privacy")
def privacy(asked: AskedPage) -> Response:
    """What is kept of whom, and which rights one has over it."""
    directory, language = asked.service.settings.data_directory / "rights", asked.language
    notice, purposes = load_notice(directory), load_purposes(directory)
    retention, deadlines = load_retention(directory), load_deadlines(directory)
    today = asked.service.clock().date()
    view = Privacy(
        language=language,
        frame=asked.frame("privacy"),
        notice=tuple(SectionShown(one.title[language], one.text[language]) for one in notice.sections),
        purposes=tuple(PurposeShown(one.text[language], one.is_necessary) for one in purposes.purposes),
        kept=tuple(Kept(age.table, age.days) for age in retention.tables if not age.only),
        erased_after=retention.erase_after_days,
        laws=tuple(_law(law) for law in deadlines.laws if law.since <= today < law.until),
        house=_law(deadlines.house),
        versions=tuple(dict.fromkeys((notice.version, purposes.version, retention.version, deadlines.version))),
    )
    return page(view)


@everyone.get("/ethics")
def ethics(asked: AskedPage) -> Response:
    """The code of ethics in force."""
    return page(_code(asked, asked.service.rulebook.in_force(asked.service.clock())))


@everyone.get("/ethics/{version}")
def ethics_version(asked: AskedPage, version: Version) -> Response:
    """One version of the code of ethics."""
    return page(_code(asked, asked.service.rulebook.code(version)))


def _member(asked: Asked, member: Member) -> MemberListed:
    row, standing = member.profile, member.standing
    kind = term_name(asked.service.taxonomy, Concern.KINDS, row.kind, asked.language)
    since = standing.admitted_at or standing.changed_at
    return MemberListed(row.id or 0, row.name, row.language, kind, row.country, since)


def _law(law: Law) -> LawShown:
    """The terms of a law, with the rights for which they are the same together."""
    rights: dict[Term, list[Right]] = {}
    for right, term in law.terms.items():
        rights.setdefault(term, []).append(right)
    terms = tuple(
        TermShownFor(tuple(among), term.length, term.counting, term.article) for term, among in rights.items()
    )
    return LawShown(law.countries, law.law, terms)


def _code(asked: Asked, code: CodeOfEthics) -> CodeVersion:
    rulebook, language = asked.service.rulebook, asked.language
    now = rulebook.in_force(asked.service.clock()).version
    return CodeVersion(
        language=language,
        frame=asked.frame("ethics"),
        title=code.title[language],
        version=code.version,
        in_force_from=code.in_force_from,
        is_in_force=code.version == now,
        is_provisional=code.provisional,
        source=code.source[language],
        preamble=code.preamble[language],
        articles=tuple(ArticleShown(each.title[language], each.text[language]) for each in code.articles),
        versions=tuple(
            CodeListed(each.version, each.in_force_from, each.version == now) for each in reversed(rulebook.codes)
        ),
    )
