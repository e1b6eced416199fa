"""Invented Wikidata items, in the form that Wikibase documents."""

from tests.unit.sources.openalex_made import ror


def snak(value):
    """Return a snak with a value: an item's id, a time, an amount or a text."""
    if value is None:
        return {"snaktype": "somevalue", "property": "P0"}
    if value.startswith("Q"):
        made, type_ = {"entity-type": "item", "id": value}, "wikibase-entityid"
    elif value.startswith("+") and "T" in value:
        precision = 9 if "-00-00T" in value else 10 if "-00T" in value else 11
        made, type_ = {"time": value, "precision": precision}, "time"
    elif value.startswith("+"):
        made, type_ = {"amount": value, "unit": "1"}, "quantity"
    else:
        made, type_ = value, "string"
    return {"snaktype": "value", "property": "P0", "datavalue": {"value": made, "type": type_}}


def statement(value, *, rank="normal", **qualifiers):
    """Return a statement."""
    made = {"mainsnak": snak(value), "type": "statement", "rank": rank, "id": "Q0$0"}
    if qualifiers:
        made["qualifiers"] = {p: [snak(v)] for p, v in qualifiers.items()}
    return made


def item(id_, labels, *, aliases=None, modified="2026-05-06T07:08:09Z", **claims):
    """Return an item; a claim's value is one value or a list of statements."""
    return {
        "type": "item",
        "id": id_,
        "labels": {code: {"language": code, "value": text} for code, text in labels.items()} or [],
        "aliases": {
            code: [{"language": code, "value": text} for text in texts]
            for code, texts in (aliases or {}).items()
        }
        or [],
        "descriptions": {},
        "claims": {
            p: values if isinstance(values, list) else [statement(values)]
            for p, values in claims.items()
        }
        or [],
        "modified": modified,
        "sitelinks": {},
    }


def answer(*items):
    """Return an answer of Special:EntityData."""
    return {"entities": {made["id"]: made for made in items}}


COUNTRY = item("Q900001", {"en": "Zhongyuan"}, P31="Q6256", P297="CN")
GROUP = item("Q900002", {"en": "Hexi Group", "zh": "河西集团"}, P31="Q4830453")
PERSON = item("Q900003", {"en": "Ozzz-Vrba Wendelin"}, P31="Q5")
MARSH = item("Q900004", {"en": "Hexi Marsh"}, P31="Q123123")
OPTICS = item(
    "Q900005",
    {"en": "Beihe Optics", "zh": "北河光学", "de": "Beihe Optics"},
    aliases={"en": ["BHO", "Beihe Optical Works"]},
    P31="Q783794",
    P17="Q900001",
    P6782=ror(104),
    P1278="529900T8BM49AURSDO55",
    P946="CNE000000001",
    P856="https://www.beihe.example/en/",
    P414=[statement("Q900009", P249="600001")],
    P749=[
        statement("Q900002", rank="preferred", P580="+2015-06-00T00:00:00Z"),
        statement("Q900002", rank="deprecated"),
    ],
    P355=[statement("Q900006", P582=None)],
    P127=[
        statement("Q900002", P1107="+0.51", P582="+2020-01-31T00:00:00Z"),
        statement("Q900003"),
        statement("Q900004"),
        statement("Q900008"),
    ],
)
PART = item("Q900006", {"en": "Beihe Lenses"}, P31="Q4830453")
EVERYONE = (OPTICS, COUNTRY, GROUP, PERSON, MARSH, PART)
