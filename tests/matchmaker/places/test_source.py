import pytest

from matchmaker.places.source import division_names, in_reading_order, region_name


def test_a_division_is_named_in_reading_order() -> None:
    assert in_reading_order("Madrid, Comunidad de") == "Comunidad de Madrid"
    assert in_reading_order("San Andrés, Providencia y Santa Catalina") == "San Andrés, Providencia y Santa Catalina"
    assert in_reading_order("Cusco") == "Cusco"


@pytest.mark.parametrize(("code", "expected"), [("08", "Cusco"), ("99", "99"), ("00", None), ("", None)])
def test_a_region_is_named_else_coded_else_none(code: str, expected: str | None) -> None:
    assert region_name("PE", code, divisions={"PE.08": "Cusco"}) == expected


def test_divisions_carry_the_names_of_their_country() -> None:
    names = division_names()
    assert [names[code] for code in ("MX.09", "BR.27", "CO.25", "ES.29")] == [
        "Ciudad de México",
        "São Paulo",
        "San Andrés, Providencia y Santa Catalina",
        "Comunidad de Madrid",
    ]


def test_without_the_package_no_division_is_named() -> None:
    assert division_names("a-package-that-nobody-installed") == {}
