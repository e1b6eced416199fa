from crosstie.ontology.findings import EntityRef
from crosstie.ontology.rollups import Presence
from crosstie.reporting.map_layers import presence_layer
from crosstie.text.countries import country_points

COMPANY = EntityRef("ent-a", "Lantian", "company")


def presence(place, country, kind="port", tie="tie-1"):
    ref = EntityRef(f"ent-{place}", place, "place")
    return Presence(COMPANY, ref, country, kind, "asserted", 1, (tie,))


def test_places_of_one_country_and_kind_share_a_feature():
    layer = presence_layer([presence("Obock", "DJ"), presence("Doraleh", "DJ", tie="tie-2")])
    (feature,) = layer["features"]
    assert feature["properties"]["places"] == ["Doraleh", "Obock"]
    assert feature["properties"]["ties"] == ["tie-1", "tie-2"]
    longitude, latitude = feature["geometry"]["coordinates"]
    assert 41 < longitude < 44 and 10 < latitude < 13


def test_an_unknown_country_has_no_point_but_is_not_lost():
    (feature,) = presence_layer([presence("Somewhere", None)])["features"]
    assert feature["geometry"] is None and feature["properties"]["places"] == ["Somewhere"]


def test_every_point_lies_on_the_globe():
    for latitude, longitude in country_points().values():
        assert -90 <= latitude <= 90 and -180 <= longitude <= 180
