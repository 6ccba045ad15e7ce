"""What programs that gather pages are told: which there are, in which languages, and which are nobody's business."""

from collections.abc import Iterable, Iterator
from html import escape

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse, Response
from sqlmodel import Session

from api.security import CurrentService, who_calls
from api.web.navigation import FURTHER, SECTIONS, Reader
from matchmaker.accounts.models import ANYONE
from matchmaker.challenges.browsing import ChallengesWanted, browse_challenges
from matchmaker.languages import WorkingLanguage
from matchmaker.profiles.browsing import ProfilesWanted, browse_profiles

MOST = 8_000  # of each kind: with three languages a file stays under the 50,000 addresses that the protocol allows
PRIVATE = ("account", "alerts", "answers", "applications", "claims", "desk", "introductions", "mentoring", "sign-in",
           "sign-out", "try", "work")  # fmt: skip
crawling = APIRouter(include_in_schema=False)


@crawling.get("/robots.txt")
def robots(service: CurrentService) -> Response:
    """What is open to whom."""
    closed = [f"Disallow: /{language}/{path}" for language in WorkingLanguage for path in PRIVATE]
    site = service.settings.public_url
    lines = ["User-agent: *", "Disallow: /v1/", *closed, "", f"Sitemap: {site}/sitemap.xml", ""]
    return PlainTextResponse("\n".join(lines))


@crawling.get("/sitemap.xml", dependencies=[Depends(who_calls)])
def sitemap(service: CurrentService) -> Response:
    """Every page that a visitor may read, in three languages."""
    with service.database.reading() as session:
        paths = [*_general(), *_members(session), *_challenges(session)]
    return Response(written(service.settings.public_url, paths), media_type="application/xml")


def written(site: str, paths: Iterable[str]) -> str:
    """The file."""
    entries = "".join(_entry(site, path, language) for path in paths for language in WorkingLanguage)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}</urlset>\n"
    )


def _general() -> Iterator[str]:
    for section in (*SECTIONS, *FURTHER):
        if Reader.ANYONE in section.readers and section.path in {"/", *_PUBLIC}:
            yield section.path


_PUBLIC = ("/challenges", "/profiles", "/alliance", "/register", "/ethics", "/privacy")


def _members(session: Session) -> Iterator[str]:
    rows = browse_profiles(session, acting=ANYONE, wanted=ProfilesWanted(), limit=MOST)
    return (f"/profiles/{row.id}" for row in rows if not row.is_demo)


def _challenges(session: Session) -> Iterator[str]:
    rows = browse_challenges(session, acting=ANYONE, wanted=ChallengesWanted(), limit=MOST)
    return (f"/challenges/{row.id}" for row in rows if not row.is_demo)


def _entry(site: str, path: str, language: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href="{escape(f"{site}/{other}{path}")}"/>'
        for other in WorkingLanguage
    )
    return f"<url><loc>{escape(f'{site}/{language}{path}')}</loc>{others}</url>\n"
