"""Claims of one kind between the same two entities are one tie."""

from crosstie.ontology.records import Claim, Document, Judgement, Mention, Quantity
from crosstie.resolution import resolve, tie_claims


class Desk:
    """Collects documents with their mentions and claims."""

    def __init__(self):
        self.mentions, self.claims, self.publishers, self.origins = [], [], {}, {}

    def says(self, subject, predicate, target, publisher="Daily", **values):
        text = f"{subject} {predicate} {target}. #{len(self.claims)}"
        document = Document.of(origin="document", name="article", text=text, language="en")
        self.origins[document.id], self.publishers[document.id] = "document", publisher
        start = text.index(target, len(subject))
        one = Mention.of(document, 0, len(subject), kind="company")
        two = Mention.of(document, start, start + len(target), kind="company")
        self.mentions += [one, two]
        quote = [document.evidence(0, start + len(target))]
        claim = Claim.of(document, one, predicate, two, evidence=quote, method="test", **values)
        self.claims.append(claim)
        return claim

    def ties(self, **options):
        entities = resolve(self.mentions, origins=self.origins).entities
        return tie_claims(entities, self.claims, publishers=self.publishers, **options)


def test_two_documents_make_one_tie_and_two_publishers_two_sources():
    desk = Desk()
    desk.says("Lantian Holdings", "owns", "Beihe Optics")
    desk.says("Lantian Holdings", "owns", "Beihe Optics", "Weekly")
    desk.says("Lantian Holdings", "owns", "Beihe Optics", "Weekly")
    (tie,) = desk.ties()
    assert (len(tie.claims), tie.sources) == (3, 2)


def test_documents_without_a_publisher_count_as_one_source():
    desk = Desk()
    desk.says("Lantian Holdings", "owns", "Beihe Optics", None)
    desk.says("Lantian Holdings", "owns", "Beihe Optics", None)
    assert [tie.sources for tie in desk.ties()] == [1]


def test_a_symmetric_tie_has_no_sides_and_a_directed_one_has():
    desk = Desk()
    desk.says("Lantian Holdings", "joint_lab", "Beihe Optics")
    desk.says("Beihe Optics", "joint_lab", "Lantian Holdings")
    desk.says("Lantian Holdings", "supplies", "Beihe Optics")
    desk.says("Beihe Optics", "supplies", "Lantian Holdings")
    assert sorted(tie.kind for tie in desk.ties()) == ["joint_lab", "supplies", "supplies"]


def test_the_strongest_claim_gives_the_status_and_a_denial_is_no_source():
    desk = Desk()
    desk.says("Lantian Holdings", "supplies", "Beihe Optics", "A", modality="planned")
    strongest = desk.says("Lantian Holdings", "supplies", "Beihe Optics", "B", stance="reported")
    desk.says("Lantian Holdings", "supplies", "Beihe Optics", "C", polarity="denied")
    (tie,) = desk.ties()
    assert (tie.status, tie.sources, tie.claims[0]) == ("reported", 2, strongest.id)


def test_what_is_only_denied_is_a_denied_tie():
    desk = Desk()
    desk.says("Lantian Holdings", "supplies", "Beihe Optics", polarity="denied")
    assert [(tie.status, tie.sources) for tie in desk.ties()] == [("denied", 1)]


def test_superseded_and_rejected_claims_feed_no_tie():
    desk = Desk()
    old = desk.says("Lantian Holdings", "owns", "Beihe Optics")
    wrong = desk.says("Lantian Holdings", "founded", "Beihe Optics")
    rejected = Judgement("j1", wrong.id, "", "rejected", "A. Reader", "2026-01-01", "misread")
    assert desk.ties(superseded={old.id}, judgements=[rejected]) == ()


def test_a_quantity_is_no_tie():
    desk = Desk()
    desk.says("Lantian Holdings", "measure", "Beihe Optics", quantity=Quantity("staff", 12))
    assert desk.ties() == ()


def test_a_tie_of_an_entity_to_itself_is_dropped():
    desk = Desk()
    desk.says("Lantian Holdings", "owns", "Lantian Holdings")
    assert desk.ties() == ()


def test_dates_span_the_claims_and_stay_open_while_one_claim_knows_no_end():
    desk = Desk()
    desk.says("Lantian Holdings", "supplies", "Beihe Optics", valid_from="2011", valid_to="2015")
    (closed,) = desk.ties()
    assert (closed.valid_from, closed.valid_to) == ("2011", "2015")
    desk.says("Lantian Holdings", "supplies", "Beihe Optics", valid_from="2009")
    (open_ended,) = desk.ties()
    assert (open_ended.valid_from, open_ended.valid_to) == ("2009", None)


def test_attributes_keep_every_value_the_strongest_claim_first():
    desk = Desk()
    desk.says(
        "Lantian Holdings", "owns", "Beihe Optics", stance="alleged", attributes={"share": "60"}
    )
    desk.says("Lantian Holdings", "owns", "Beihe Optics", attributes={"share": "51"})
    assert [tie.attributes for tie in desk.ties()] == [{"share": "51; 60"}]
