import dataclasses

import pytest

from crosstie.ontology.findings import Citation, Designation, EntityRef, ExposurePath, Party, Quote
from crosstie.ontology.records import Identifier, Reason
from crosstie.screening import Options, screen
from crosstie.screening.identifiers import official_identifier

OPTIONS = Options(threshold=0.8, possible=0.5, today="2026-11-24")
HEXI = EntityRef("ent-1", "Hexi Group", "company", "CN")
CLEAR = EntityRef("ent-2", "Yunmen Library", "ngo", "CN")
QUOTE = Quote("clm-1", "listed", 0, 6, "asserted", Citation("doc-1", "t", None, None, None, "0"))
LISTED = Designation(HEXI, "Office", "List", "", None, None, None, None, "", (QUOTE,))
PATH = ExposurePath(HEXI, EntityRef("ent-9", "Fleet", "military_unit"), (), 0.5, 0)


class Toy:
    """A workspace of two entities: one designated and exposed, one clear."""

    def __init__(self, scores, *, designated=True, identified=None):
        self.scores = scores
        self.designated = designated
        self.found = identified

    def search(self, names):
        return [
            [(key, key, score, (Reason("r", "why"),)) for key, score in self.scores.items()]
            for _ in names
        ]

    def refs(self, ids):
        return {ref.id: ref for ref in (HEXI, CLEAR) if ref.id in set(ids)}

    def identifiers(self, ids):
        return {"ent-1": (Identifier("domain", "hexi.example"),)}

    def designations(self, ids):
        return {"ent-1": (LISTED,)} if self.designated else {}

    def exposures(self, ids):
        return {key: (PATH,) for key in ids if key == "ent-1"}

    def anchors(self):
        return {}

    def identified(self, parties):
        return [self.found for _ in parties]


def one(toy, party=None):
    party = party or Party("Hexi Group")
    (finding,) = screen([party], search=toy.search, known=toy, options=OPTIONS)
    return finding


def test_a_sure_match_that_is_designated_is_a_hit():
    finding = one(Toy({"ent-1": 0.95}))
    assert finding.outcome == "hit"
    assert finding.hits[0].designations == (LISTED,)
    assert finding.hits[0].exposures == (PATH,)


def test_an_uncertain_match_shows_no_exposure():
    finding = one(Toy({"ent-1": 0.7}))
    assert finding.outcome == "possible"
    assert finding.hits[0].exposures == ()


def test_an_uncertain_match_whose_exposure_is_hidden_still_asks_for_review():
    finding = one(Toy({"ent-1": 0.7}, designated=False))
    assert finding.outcome == "possible"
    assert finding.hits[0].exposures == ()


def test_a_known_organisation_without_findings_is_nothing_found_and_named():
    finding = one(Toy({"ent-2": 1.0}))
    assert finding.outcome == "nothing_found"
    assert "recognised as Yunmen Library" in finding.notes[0]


def test_a_match_below_the_lowest_threshold_is_not_shown():
    finding = one(Toy({"ent-1": 0.4}))
    assert (finding.outcome, finding.hits) == ("nothing_found", ())


def test_another_country_makes_a_match_uncertain_and_says_so():
    finding = one(Toy({"ent-1": 1.0}), Party("Hexi Group", country="US"))
    assert finding.outcome == "possible"
    assert "perhaps a namesake" in finding.hits[0].match.reasons[-1].text


def test_the_same_country_adds_nothing_to_a_match():
    plain, same = (one(Toy({"ent-1": 0.7}), Party("H", country=c)) for c in (None, "CN"))
    assert plain.hits[0].match.score == same.hits[0].match.score


def test_a_shared_domain_settles_an_uncertain_match():
    party = Party("Hexi", domain="https://www.hexi.example/en/")
    assert one(Toy({"ent-1": 0.6}), party).outcome == "hit"


def test_an_identifier_finds_what_the_name_does_not():
    toy = Toy({}, identified=("ent-1", Reason("same_identifier", "same ROR")))
    assert one(toy).outcome == "hit"


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("https://ror.org/00wk2mp56", "ror"),
        ("00wk2mp56", "ror"),
        ("https://www.wikidata.org/wiki/Q1234", "wikidata"),
        ("Q1234", None),
        ("http://[", None),
        ("F-01", None),
        ("12345678", None),
        ("", None),
    ],
)
def test_only_official_forms_count_as_identifiers(text, scheme):
    found = official_identifier(text)
    assert (found.scheme if found else None) == scheme


def test_a_malformed_domain_is_no_crash():
    assert one(Toy({"ent-1": 0.9}), Party("Hexi", domain="http://[::1")).outcome == "hit"


@pytest.mark.parametrize("ended", [{"removed_on": "2025-01-01"}, {"valid_to": "2020-12-31"}])
def test_a_listing_that_is_over_is_shown_and_is_no_hit(ended):
    toy = Toy({"ent-1": 1.0})
    past = dataclasses.replace(LISTED, **ended)
    toy.designations = lambda ids: {"ent-1": (past,)}
    toy.exposures = lambda ids: {}
    finding = one(toy)
    assert finding.outcome == "nothing_found"
    assert finding.hits[0].designations == (past,)


def test_an_uncertain_match_shows_neither_anchor_nor_a_parents_listing():
    toy = Toy({"ent-1": 0.7})
    inherited = dataclasses.replace(LISTED, inherited_from=CLEAR)
    toy.designations = lambda ids: {"ent-1": (inherited,)}
    toy.anchors = lambda: {"ent-1": "it is one"}
    (hit,) = one(toy).hits
    assert (hit.anchor, hit.designations, hit.certainty) == ("", (), "possible")
