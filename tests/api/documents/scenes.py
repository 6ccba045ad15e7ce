"""An event in Bogotá with long names, accents and hostile texts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from api.documents.models import Badge, Gathering, Meeting, Other, PersonalAgenda, Reason, Sitting, TableSign
from matchmaker.languages import WorkingLanguage

MADE_AT = datetime(2027, 4, 20, 12, 0, tzinfo=UTC)
START = datetime(2027, 5, 12, 14, 0, tzinfo=UTC)  # nine in the morning in Bogotá
GATHERING = Gathering(
    3, "Encuentro regional de ciudades: agua, movilidad; y «datos»", "Ágora, Centro de Convenciones", "Bogotá",
    "America/Bogota", "alianza.example",
)  # fmt: skip
NAMES = (
    "Prefeitura Municipal de São José do Vale do Rio Preto e Região Serrana",
    "Fugas y Caudales",
    "Universidad Autónoma de Ñuñoa — Facultad de Ingeniería Hidráulica",
    "Łódź & Curaçao Água Ltda.",
)
HOSTILE = "Fin\r\nBEGIN:VEVENT\nSUMMARY:otro; coma, barra \\ \x00\u202e\ud800 fin"


def meeting(number: int, **changes: object) -> Meeting:
    """The meeting of a number: three an hour, nine a day."""
    day, place = divmod(number, 9)
    start = START + timedelta(days=day, minutes=20 * place)
    other = Other(NAMES[number % len(NAMES)], ("María Fernanda Echeverría", "João Conceição"), "Sogamoso, Colombia",
                  ("es", "pt") if number % 3 else ("en",))  # fmt: skip
    reason = Reason(
        "Hallar las fugas que no se ven", "es", "Encontramos vazamentos invisíveis à noite, sem parar o serviço.", "pt",
        other.member,
    )  # fmt: skip
    made = Meeting(
        key=f"m{number}", start=start, end=start + timedelta(minutes=20), table=str(number + 1), zone="Zona norte",
        room="Salón Ñ", others=(other,), reasons=(reason,), changed_at=MADE_AT, revision=1,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def agenda(count: int = 14, language: WorkingLanguage = WorkingLanguage.ES, **changes: object) -> PersonalAgenda:
    """Somebody with so many meetings."""
    made = PersonalAgenda(
        GATHERING, 41, "Ana Inés Peñalosa Güiraldes", "Alcaldía de Sogamoso", language,
        tuple(meeting(number) for number in range(count)), ("es", "pt"), "https://alianza.example/es/events/3/agenda",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def badges(count: int = 300) -> list[Badge]:
    people = ("Ana Ruiz", "María de los Ángeles Fernández-Echeverría y Güemes", "João Conceição", "Łukasz Şen")
    return [
        Badge(
            f"{people[number % len(people)]} {number}", NAMES[number % len(NAMES)], "Sogamoso, Colombia", ("es", "pt"),
            f"https://alianza.example/e/3/{number:05d}", "Banco del Agua" if number % 7 == 0 else "",
        )
        for number in range(count)
    ]  # fmt: skip


def sign(sittings: int = 18) -> TableSign:
    lines = tuple(
        Sitting(each.start, each.end, ("Alcaldía de Sogamoso", each.others[0].member))
        for each in map(meeting, range(sittings))
    )
    return TableSign("12", "Zona norte", "Salón Ñ", lines, "https://alianza.example/es/events/3/tables/12")
