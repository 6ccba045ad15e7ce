from matchmaker.accounts.models import ANYONE
from matchmaker.profiles.queries import get_profile
from matchmaker.store.database import Database
from tests.factories import saved_profile, signed_in


def test_a_language_left_out_is_detected_and_without_words_taken_from_those_spoken(database: Database) -> None:
    french = "Nous cherchons des fuites d'eau dans les réseaux des petites communes de montagne."
    with database.transaction() as session:
        acting = signed_in(session)
        told = saved_profile(session, acting=acting, language=None, summary=french, offers=[], experience=[])
        silent = saved_profile(
            session, acting=acting, language=None, name="4711", summary="", offers=[], experience=[], languages=["pt"]
        )
    assert (told.language, silent.language) == ("fr", "pt")


def test_the_longest_texts_that_a_draft_takes_are_kept(database: Database) -> None:
    line, text = "á" * 400, "ñ" * 20_000
    with database.transaction() as session:
        made = saved_profile(
            session, acting=signed_in(session), external_id=line, name="ü" * 200, summary=text, description=text,
            website=line, email=line, offers=[{"title": line, "text": text}],
            experience=[{"title": line, "text": text, "result": text}],
        )  # fmt: skip
    with database.reading() as session:
        full = get_profile(session, acting=ANYONE, profile_id=made.id or 0)
    assert (full.profile.summary, full.profile.external_id, full.offers[0].text) == (text, line, text)
