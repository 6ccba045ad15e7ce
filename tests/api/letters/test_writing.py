"""What letters say: three languages, no gaps, nothing of anybody's that steers the reader's program."""

import re
from datetime import date, datetime
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from sqlmodel import Session

from api.i18n import LOCALE
from api.letters.asking import AnswerHandler, Item, LetterAsk, Values, ValuesOf
from api.letters.concepts import all_handlers
from api.letters.forms import LETTER_KINDS
from api.letters.links import answer_address, read_answer
from api.letters.writing import LetterWriter
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.accounts.queries import account_by_address
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.kinds import GROUPS, NECESSARY
from matchmaker.letters.models import Letter
from matchmaker.letters.ports import LaterError
from matchmaker.letters.rules import Reader
from tests.api.letters.conftest import html_of, text_of
from tests.factories import NOW, saved_challenge, saved_profile
from tests.letters import account

LANGUAGES = list(WorkingLanguage)
PLACE = re.compile(r"\{(\w+)\}")
LISTS = {"reasons", "evidence"}
FIRST_FORMS = {"replier", "appellant", "erased_since", "first_body", "first_subject"}
"""Values of a form that stands in place of another one."""
FIRST_NAMES = {"applicant", "member"}
"""Names of a form that stands in place of one with another name."""
DATES = {"expires", "deadline", "appeal_until"}
ABOUT_MATCHING = re.compile("preferencia ni adjudicación|preferência nem adjudicação|neither preference nor award")


def sentences(language: str) -> dict[str, str]:
    with (LOCALE / language / "LC_MESSAGES" / "letters.po").open("rb") as source:
        return {str(message.id): str(message.string) for message in read_po(source) if message.id}


def some_values(kind: str) -> Values:
    """A value for every name in the sentences of a kind."""
    said = " ".join(sentence for key, sentence in sentences("es").items() if key.startswith(f"{kind}."))
    names = set(PLACE.findall(said)) | {"link", *LETTER_KINDS[kind].needs}
    return {
        name: [Item("Una frase citada.", "https://alianza.example/x")] if name in LISTS
        else date(2027, 2, 3) if name in DATES
        else f"[{name}]"
        for name in names
    }  # fmt: skip


def values_of(values: Values | None) -> ValuesOf:
    return lambda _ask: values


def nothing(_ask: object) -> Values:
    return {}


def written(
    service: Service, kind: str, values: Values | None, *, language: str = "es", role: Role = Role.SECRETARIAT
) -> EmailMessage | None:
    handlers = dict(all_handlers()) | {
        form.answered_by: AnswerHandler(nothing, lambda _ask: None) for form in LETTER_KINDS.values()
    }
    writer = LetterWriter(service, {kind: values_of(values)}, handlers)
    with service.database.transaction() as session:
        address = f"{kind}.{language}@ciudad.example"
        row = account_by_address(session, address) or account(session, address, language=language, role=role)
        reader = Reader(address=row.email or "", language=language, name="Ana", account_id=row.id)
        letter = Letter(kind=kind, account_id=row.id, subject_id=7, not_before=NOW, created_at=NOW)
        return writer.write(session, letter, (), reader, now=NOW)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "href"]


def test_catalogues_say_the_same_things_with_the_same_values() -> None:
    english, spanish, portuguese = (sentences(language) for language in ("en", "es", "pt"))
    assert english.keys() == spanish.keys() == portuguese.keys()
    for key, sentence in english.items():
        assert sentence.strip()
        assert set(PLACE.findall(sentence)) == set(PLACE.findall(spanish[key])) == set(PLACE.findall(portuguese[key]))


def test_every_kind_has_its_sentences_and_no_other_has_any() -> None:
    keys = sentences("es").keys()
    for kind, form in LETTER_KINDS.items():
        assert {f"{kind}.subject", f"{kind}.body"} <= keys
        assert {f"{kind}.answer.{answer}" for answer in form.answers} <= keys
        for answer in form.answers:
            assert {f"answer.{form.answered_by}.{answer}.ask", f"answer.{form.answered_by}.ask"} & keys
            assert {f"answer.{form.answered_by}.{answer}.done", f"answer.{form.answered_by}.done"} & keys
    assert {key.partition(".")[0] for key in keys} - {"answer", "footer", "note", "greeting", "digest", "word"} == set(
        GROUPS
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(GROUPS))
def test_a_letter_of_every_kind_uses_all_its_values(by_folder: Service, kind: str, language: str) -> None:
    full = written(by_folder, kind, some_values(kind), language=language)
    assert full is not None
    assert full["Content-Language"] == language
    said = text_of(full) + str(full["Subject"])
    for left_out in (FIRST_FORMS, FIRST_NAMES):
        bare = {name: value for name, value in some_values(kind).items() if name not in left_out}
        other = written(by_folder, kind, bare, language=language)
        assert other is not None
        said += text_of(other) + str(other["Subject"])
    for name, value in some_values(kind).items():
        if isinstance(value, str) and name not in {"link", "reason"}:
            assert value in said, name
    assert "{" not in text_of(full)
    assert bool(ABOUT_MATCHING.search(text_of(full))) is LETTER_KINDS[kind].is_about_matching


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(GROUPS))
def test_without_values_a_letter_still_makes_sense(by_folder: Service, kind: str, language: str) -> None:
    needs = dict.fromkeys(LETTER_KINDS[kind].needs, "https://alianza.example/abc")
    message = written(by_folder, kind, needs, language=language)
    assert message is not None
    said = text_of(message)
    assert str(message["Subject"]).strip()
    assert not PLACE.search(said)
    assert "«»" not in said
    assert "“”" not in said
    assert len(said) > 150


@pytest.mark.parametrize("kind", sorted(GROUPS))
def test_both_parts_lead_to_the_same_addresses(by_folder: Service, kind: str) -> None:
    message = written(by_folder, kind, some_values(kind))
    assert message is not None
    links = Links()
    links.feed(html_of(message))
    assert sorted(set(links.found)) == sorted(set(re.findall(r"(?:https://\S+|\[link\])", text_of(message))))


@pytest.mark.parametrize("kind", sorted(GROUPS))
def test_one_click_unsubscribes_from_voluntary_letters_and_is_not_offered_for_others(
    by_folder: Service, kind: str
) -> None:
    message = written(by_folder, kind, some_values(kind))
    assert message is not None
    if GROUPS[kind] in NECESSARY:
        assert message["List-Unsubscribe"] is None
        assert "no se puede desactivar" in text_of(message)
        return
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(message["List-Unsubscribe"]).strip("<>").replace(" ", "")
    token = address.rpartition("/")[2]
    assert address == answer_address("https://alianza.example", token)
    signed = read_answer(by_folder.signing_key, token, now=NOW)
    assert (signed.kind, signed.answer) == ("unsubscribe", str(GROUPS[kind]))


def test_answers_are_links_that_say_who_what_and_how(by_folder: Service) -> None:
    message = written(by_folder, "introduction_proposed", {})
    assert message is not None
    tokens = re.findall(r"https://alianza.example/es/answers/(\S+)", text_of(message))
    signed = [read_answer(by_folder.signing_key, token, now=NOW) for token in tokens]
    assert [(one.kind, one.subject_id, one.answer) for one in signed[:3]] == [
        ("introduction_answer", 7, "yes"),
        ("introduction_answer", 7, "not_now"),
        ("introduction_answer", 7, "no"),
    ]


def test_answers_that_nobody_handles_are_not_offered(by_folder: Service) -> None:
    writer = LetterWriter(by_folder, {}, {})
    letter = Letter(kind="introduction_proposed", subject_id=7, not_before=NOW, created_at=NOW)
    with by_folder.database.reading() as session:
        message = writer.write(session, letter, (), Reader(address="a@a.example"), now=NOW)
    assert message is not None
    assert "Sí, conversemos" not in text_of(message)
    assert "Leer la propuesta: https://alianza.example/es/" in text_of(message)


def test_words_of_others_stay_words(by_folder: Service) -> None:
    planted = {
        "proposer": "Eva\r\nBcc: all@x.example",
        "message": "<script>alert(1)</script> {code} {0.__class__}\x1b[2J %s",
        "challenge": "Agua",
    }
    message = written(by_folder, "introduction_proposed", planted)
    assert message is not None
    assert message["Bcc"] is None
    assert message["Subject"] == "Eva Bcc: all@x.example le propone conversar sobre «Agua»"
    assert "<script>" not in html_of(message)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {code}" in html_of(message)
    assert "\x1b" not in message.as_string()


def test_a_sign_in_letter_without_its_secrets_is_put_off(by_folder: Service) -> None:
    with pytest.raises(LaterError, match="values_missing"):
        written(by_folder, "sign_in", {"link": "https://alianza.example/x"})
    message = written(by_folder, "sign_in", {"link": "https://alianza.example/x", "code": "714 225"}, language="pt")
    assert message is not None
    assert "https://alianza.example/x" in text_of(message)
    assert "714 225" in html_of(message)


def test_a_declared_conflict_is_told_to_the_secretariat_alone(by_folder: Service) -> None:
    values = {"declarer": "Eva", "other": "Firma"}
    assert written(by_folder, "conflict_declared", values, role=Role.CITY) is None
    assert written(by_folder, "conflict_declared", values, language="en") is not None


def test_a_letter_whose_values_say_so_is_not_written(by_folder: Service) -> None:
    assert written(by_folder, "introduction_reminder", None) is None


def test_names_are_read_with_the_permission_of_the_reader(by_folder: Service) -> None:
    writer = LetterWriter(by_folder, {}, {})

    def subject(session: Session, reader: Reader, **codes: str | int | bool | None) -> str:
        letter = Letter(kind="introduction_proposed", codes=codes, not_before=NOW, created_at=NOW)
        message = writer.write(session, letter, (), reader, now=NOW)
        return str(message["Subject"]) if message else ""

    with by_folder.database.transaction() as session:
        owner = account(session, "b@b.example")
        acting = Acting(account_id=owner.id, role=Role.SUPPLIER)
        firm = saved_profile(session, acting=acting)
        challenge = saved_challenge(session, acting=acting, owner=firm)
        reader = Reader(address="a@a.example")
        codes: dict[str, str | int | bool | None] = {"proposer_id": firm.id, "challenge_id": challenge.id}
        assert subject(session, reader, **codes) == (
            "Fugas y Caudales le propone conversar sobre «La mitad del agua se pierde»"
        )
        firm.visibility = "hidden"
        session.add(firm)
        session.flush()
        assert "Fugas" not in subject(session, reader, **codes)


def test_moments_are_told_in_the_readers_zone_and_language(by_folder: Service) -> None:
    moment = datetime.fromisoformat("2027-02-03T02:30:00+00:00")
    message = written(by_folder, "data_export_ready", {"expires": moment})
    english = written(by_folder, "data_export_ready", {"expires": moment}, language="en")
    assert message is not None
    assert english is not None
    assert "2 de febrero de 2027, 21:30" in text_of(message).replace("\u202f", " ")
    assert "2 February 2027, 21:30" in text_of(english)


def test_an_ask_names_its_letter(by_folder: Service) -> None:
    asked: list[LetterAsk] = []

    def note(ask: LetterAsk) -> Values:
        asked.append(ask)
        return {}

    letter = Letter(kind="erasure_done", codes={"language": "pt"}, not_before=NOW, created_at=NOW)
    with by_folder.database.reading() as session:
        message = LetterWriter(by_folder, {"erasure_done": note}, {}).write(
            session, letter, (), Reader(address="a@a.example", language="pt"), now=NOW
        )
    assert message is not None
    assert text_of(message).startswith("Olá:")
    assert [(ask.letter, ask.acting.account_id, ask.now) for ask in asked] == [(letter, None, NOW)]
