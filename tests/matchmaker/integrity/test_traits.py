"""Different spellings of one thing have one key; different things never do."""

import pytest

from matchmaker.integrity.models import Evidence
from matchmaker.integrity.rulebook import load_rulebook
from matchmaker.integrity.traits import address_key, mail_key, registration_key, traits_of

HOSTS = load_rulebook().mail_hosts


@pytest.mark.parametrize(
    ("country", "spellings"),
    [
        ("CO", ["800.197.268-4", "800197268", "800 197 268 - 4"]),
        ("BR", ["11.222.333/0001-81", "11222333000181"]),
        ("MX", ["GOM 850101 AB1", "gom850101ab1"]),
        ("CL", ["76.086.428-5", "760864285"]),
        ("AR", ["30-71234567-1", "30712345671"]),
        ("PE", ["20512333797", "20 512333797"]),
        ("PA", ["155-612-2 dv 8", "155.612.2 DV8"]),
        ("", ["AB-123.456", "ab 123456"]),
    ],
)
def test_a_registration_number_has_one_key_in_every_spelling(country: str, spellings: list[str]) -> None:
    keys = {registration_key(spelling, country) for spelling in spellings}
    assert len(keys) == 1
    assert None not in keys


def test_branches_of_a_brazilian_firm_are_the_firm() -> None:
    assert registration_key("11.222.333/0001-81", "BR") == registration_key("11.222.333/0002-62", "BR")


def test_the_same_digits_in_two_countries_are_two_numbers() -> None:
    assert registration_key("760864285", "CL") != registration_key("760864285", "CO")


@pytest.mark.parametrize("text", ["", "n/a", "-", "0000", "ninguno", "pendiente"])
def test_a_note_is_no_registration_number(text: str) -> None:
    assert registration_key(text, "CO") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@obras.bogota.gov.co", "luz@agua.BOGOTA.gov.co"),
        ("a@firma.com.br", "b@mail.firma.com.br"),
        ("a@café.com", "b@CAFÉ.com"),
    ],
)
def test_the_same_house_has_one_mail_key(one: str, other: str) -> None:
    assert mail_key(one, public_hosts=HOSTS) == mail_key(other, public_hosts=HOSTS) is not None


def test_two_cities_of_one_government_suffix_have_two_mail_keys() -> None:
    assert mail_key("a@cali.gov.co", public_hosts=HOSTS) != mail_key("a@tunja.gov.co", public_hosts=HOSTS)


@pytest.mark.parametrize(
    "address", ["a@gmail.com", "a@Yahoo.com.BR", "a@uol.com.br", "", "no-address", "a@", "a@localhost"]
)
def test_public_hosts_and_what_is_no_address_have_no_mail_key(address: str) -> None:
    assert mail_key(address, public_hosts=HOSTS) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cra. 7 # 32-16, Of. 501", "carrera 7 No 32 16 oficina 501"),
        ("Av. Paulista, 1.578", "Avenida Paulista nº 1 578"),
        ("Calle de la Ronda 12", "CALLE RONDA 012"),
        ("Rua São João, 45", "rua sao joao 45"),
    ],
)
def test_a_street_has_one_key_in_every_spelling(one: str, other: str) -> None:
    assert address_key(one, place="CO 1") == address_key(other, place="CO 1") is not None


def test_other_numbers_and_other_towns_are_other_addresses() -> None:
    here = address_key("Calle 10 # 4-20", place="CO 1")
    assert here != address_key("Calle 10 # 4-21", place="CO 1")
    assert here != address_key("Calle 10 # 4-20", place="CO 2")


@pytest.mark.parametrize(
    ("street", "place"), [("Calle Mayor", "CO 1"), ("s/n", "CO 1"), ("12", "CO 1"), ("", ""), ("Calle 1", "")]
)
def test_an_address_without_number_street_or_town_says_nothing(street: str, place: str) -> None:
    assert address_key(street, place=place) is None


def test_traits_hold_digests_and_never_the_values() -> None:
    found = dict(
        traits_of(
            registration_number="800197268", country="CO", addresses=["a@firma.co"], street="Calle 10 # 4-20",
            place="CO 1", public_hosts=HOSTS,
        )
    )  # fmt: skip
    assert set(found) == {Evidence.SAME_REGISTRATION_NUMBER, Evidence.SAME_MAIL_DOMAIN, Evidence.SAME_ADDRESS}
    assert all(len(digest) == 32 and int(digest, 16) for digest in found.values())
