"""By what two profiles look like one."""

import pytest

from matchmaker.matching.likeness import MOST_SHARING, Mark, name_key, pairs_alike, site_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fugas y Caudales S.A.S.", "FUGAS Y CAUDALES"),
        ("Água Viva Ltda.", "Agua Viva"),
        ("Co-Lab", "Colab"),
    ],
)
def test_a_name_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert name_key(one, country="CO") == name_key(other, country="CO")


def test_a_name_is_another_in_another_country_and_none_without_letters() -> None:
    assert name_key("Agua Viva", country="CO") != name_key("Agua Viva", country="BR")
    assert name_key("S.A.", country="CO") == ""


@pytest.mark.parametrize(
    ("website", "key"),
    [
        ("https://www.Fugas.example/", "fugas.example"),
        ("http://fugas.example", "fugas.example"),
        ("https://red.example/fugas", "red.example/fugas"),
        ("", ""),
        ("https://[", ""),
    ],
)
def test_a_site_is_its_host_and_its_path(website: str, key: str) -> None:
    assert site_key(website) == key


def test_pairs_stand_with_the_oldest_and_with_all_they_share() -> None:
    shared = [(Mark.SAME_NAME, "a", 3), (Mark.SAME_NAME, "a", 1), (Mark.SAME_NAME, "a", 2), (Mark.SAME_SITE, "s", 1),
              (Mark.SAME_SITE, "s", 3), (Mark.SAME_NAME, "", 8), (Mark.SAME_NAME, "", 9)]  # fmt: skip
    found = pairs_alike(shared, apart=[(1, 2)])
    assert found == {(1, 3): frozenset({Mark.SAME_NAME, Mark.SAME_SITE})}


def test_what_many_share_says_nothing_but_for_a_registration_number() -> None:
    many = range(1, MOST_SHARING + 2)
    assert pairs_alike([(Mark.SAME_SITE, "portal", number) for number in many], apart=()) == {}
    assert len(pairs_alike([(Mark.SAME_NUMBER, "CO 9", number) for number in many], apart=())) == MOST_SHARING
