"""Laws of exposure: what a tie is worth, how paths weigh, and how ownership adds up.

The reference is slow and plain: it goes through claims one by one.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstie.graph import Backer, ExposureMap, Graph, Publication, Scales, Terms, read_tie
from crosstie.graph.affiliates import Holding, reach_of_rule
from crosstie.graph.affiliates_file import AffiliatesRule
from crosstie.graph.backing import day_number, independent_count, independent_pairs
from crosstie.graph.rules import Carrier
from crosstie.graph.worth import tie_factors
from crosstie.ontology.ids import ClaimId, DocumentId, EntityId, MentionId, TieId, content_id
from crosstie.ontology.kinds import kinds
from crosstie.ontology.records import Claim, Evidence, Tie

ENTITIES = [EntityId(name) for name in "abcdef"]
PUBLISHERS = [None, "The Selim Herald", "Ministry of Trade of Selimia", "Yunmen blog", "Hexi Wire"]
QUOTES = ["Lantian supplied lenses.", "LANTIAN supplied, lenses", "It bought lenses from Lantian."]
DAY = date(2026, 11, 24)
SHIPPED = Terms.shipped(DAY)
FREE = replace(SHIPPED, rules=replace(SHIPPED.rules, floor=0.0))
YEARS = [None, "2005", "2012-06", "2015", "2020-02-29", "2026-11-01", "2031"]

EVERY_KIND = tuple(kinds().ties)

_entity = st.sampled_from(ENTITIES)
_year = st.sampled_from(YEARS)


@st.composite
def a_backer(draw, key):
    denied = draw(st.booleans()) and draw(st.booleans())
    number = draw(st.integers(0, 10**9))
    claim = Claim(
        id=ClaimId(f"c-{key}-{number}"),
        document_id=DocumentId("d"),
        subject=MentionId("s"),
        predicate="supplies",
        object=MentionId("o"),
        evidence=(Evidence(DocumentId("d"), 0, 5, draw(st.sampled_from(QUOTES))),),
        method="test",
        polarity="denied" if denied else "affirmed",
        modality=draw(st.sampled_from(["actual", "actual", "planned"])),
        stance=draw(st.sampled_from(["asserted", "reported", "alleged"])),
        ended=draw(st.booleans()) and draw(st.booleans()),
        valid_from=draw(_year),
        valid_to=draw(st.sampled_from([None, None, *YEARS])),
        attribution=draw(st.sampled_from([(), (), ("A spokesman", "Hexi Wire")])),
    )
    publication = Publication(draw(st.sampled_from(PUBLISHERS)))
    return Backer(claim, publication, draw(_year))


@st.composite
def a_backed_tie(draw, kinds_of=EVERY_KIND):
    subject, target = draw(st.lists(_entity, min_size=2, max_size=2, unique=True))
    kind = draw(st.sampled_from(kinds_of))
    key = content_id("tie", subject, kind, target)
    backers = draw(st.lists(a_backer(key), min_size=1, max_size=4, unique_by=lambda b: b.claim.id))
    share = draw(st.sampled_from([None, "3", "10", "38.88", "51", "100"]))
    status = next((b.claim.status for b in backers if b.claim.polarity == "affirmed"), "denied")
    tie = Tie(
        TieId(key), subject, kind, target, status, tuple(b.claim.id for b in backers), sources=1,
        attributes={"share": share} if share else {},
    )  # fmt: skip
    return tie, backers


_network = st.lists(a_backed_tie(), max_size=12, unique_by=lambda pair: pair[0].id)
_carrying = st.lists(
    a_backed_tie(("owns", "supplies", "joint_lab", "affiliated_with", "funds")),
    max_size=10,
    unique_by=lambda pair: pair[0].id,
)


def built(network):
    backers = {backer.claim.id: backer for _, row in network for backer in row}
    return Graph.build([tie for tie, _ in network], backers=backers)


def scores(network, terms=FREE, anchors=(ENTITIES[0],), max_ties=3):
    return ExposureMap.build(built(network), terms, anchors, max_ties=max_ties).best_scores()


# The slow reference


def claim_worth(backer, row, tie, terms):
    """Return what one claim of a tie weighs, read off its dates, words and publisher."""
    claim, day = backer.claim, terms.day.toordinal()
    if claim.polarity == "denied" or day_number(claim.valid_from, first=True) > day:
        return 0.0
    status, since = _standing(backer, row, day)
    weight = terms.rules.statuses[status].weight
    if since == 0:
        weight *= terms.rules.ageing.undated
    else:
        half_life = terms.rules.ageing.half_lives.get(tie.kind)
        years = max(0, day - since) / 365.25
        age = 0.5 ** (years / half_life) if half_life else 1.0
        weight *= max(terms.rules.ageing.least, age)
    grade = terms.grades.of(backer.publication)
    good = [
        place
        for place, other in enumerate(row)
        if other.claim.polarity == "affirmed"
        and day_number(other.claim.valid_from, first=True) <= day
        and terms.grades.of(other.publication).letter in "ABC"
    ]
    if counted(row, good) >= 2:
        grade = terms.grades.confirm(grade)
    return weight * terms.grades.weight(grade)


def _standing(backer, row, day):
    """Return a claim's status on a day, and the day from which its age counts (0: unknown)."""
    claim = backer.claim
    before = claim.stance if claim.modality == "actual" else "planned"
    end = day_number(claim.valid_to)
    vouched = max(day_number(backer.date), day_number(claim.valid_from, first=True))
    if end:
        return ("ended", end) if end < day else (before, vouched)
    told = [day_number(other.claim.valid_to) for other in row if other.claim.polarity == "affirmed"]
    last = max((e for e in told if e and e < day), default=0)
    if vouched and vouched <= last:
        return "ended", last
    return ("ended" if claim.ended else before), vouched


def tie_worth(tie, row, terms):
    best = max(claim_worth(backer, row, tie, terms) for backer in row)
    share = tie.attributes.get("share")
    band = terms.rules.band(tie.kind, float(share) if share else None)
    return best * (band.weight if band else 1.0)


@settings(max_examples=120, deadline=None)
@given(_network, st.sampled_from([date(2013, 1, 1), date(2020, 3, 1), DAY]))
def test_a_tie_is_worth_what_its_best_claim_is(network, day):
    terms = replace(SHIPPED, day=day)
    graph = built(network)
    rows = dict((tie.id, (tie, row)) for tie, row in network)
    expected = [tie_worth(*rows[tie.id], terms) for tie in graph.ties]
    assert tie_factors(Scales.of(graph, terms)).tolist() == pytest.approx(expected)
    for number in range(len(graph.ties)):
        reading = read_tie(Scales.of(graph, terms), number)
        product = 1.0
        for factor in reading.factors:
            product *= factor.weight
        if reading.claims:
            assert product == pytest.approx(expected[number], rel=1e-4)
        else:
            assert expected[number] == 0


@settings(max_examples=80, deadline=None)
@given(_carrying, a_backed_tie(("owns", "supplies", "joint_lab", "affiliated_with")))
def test_adding_a_tie_never_lowers_an_exposure(network, more):
    if more[0].id in {tie.id for tie, _ in network}:
        return
    before, after = scores(network), scores([*network, more])
    assert all(after.get(entity, 0) >= score - 1e-12 for entity, score in before.items())


@settings(max_examples=80, deadline=None)
@given(_carrying)
def test_ties_that_are_only_denied_change_nothing(network):
    said = [(tie, row) for tie, row in network if any(b.claim.polarity == "affirmed" for b in row)]
    assert scores(said) == scores(network)


@settings(max_examples=80, deadline=None)
@given(_carrying, st.integers(1, 4))
def test_a_score_is_a_fraction_and_no_higher_than_the_weakest_link(network, max_ties):
    reached = ExposureMap.build(built(network), FREE, [ENTITIES[0]], max_ties=max_ties)
    for entity in ENTITIES:
        for path in reached.paths(entity, limit=50, per_anchor=50):
            assert 0 < path.score <= 1
            assert path.score <= min(step.weight for step in path.steps) + 1e-12
            assert len(path.steps) <= max_ties


@settings(max_examples=80, deadline=None)
@given(_carrying, st.sampled_from(["status", "tie", "age", "grade"]), st.floats(0, 1))
def test_a_higher_weight_never_lowers_an_exposure(network, what, share):
    rules, grades = FREE.rules, FREE.grades

    def up(weight):
        return weight + (1 - weight) * share

    if what == "status":
        raised = {k: Carrier(up(c.weight), "") for k, c in rules.statuses.items() if k != "denied"}
        terms = replace(FREE, rules=replace(rules, statuses={**rules.statuses, **raised}))
    elif what == "tie":
        raised = {key: Carrier(up(c.weight), "") for key, c in rules.carriers.items()}
        terms = replace(FREE, rules=replace(rules, carriers=raised))
    elif what == "age":
        ageing = replace(rules.ageing, least=up(rules.ageing.least))
        terms = replace(FREE, rules=replace(rules, ageing=ageing))
    else:
        levels = {k: replace(v, weight=up(v.weight)) for k, v in grades.reliability.items()}
        terms = replace(FREE, grades=replace(grades, reliability=levels))
    before, after = scores(network), scores(network, terms)
    assert all(after.get(entity, 0) >= score - 1e-12 for entity, score in before.items())


@settings(max_examples=60, deadline=None)
@given(_network, st.randoms(use_true_random=False))
def test_the_order_of_ties_and_of_claims_changes_nothing(network, random):
    shuffled = [
        (replace(tie, claims=tuple(random.sample(tie.claims, len(tie.claims)))), row)
        for tie, row in random.sample(network, len(network))
    ]
    assert scores(shuffled) == pytest.approx(scores(network))


@settings(max_examples=60, deadline=None)
@given(_network)
def test_longer_paths_only_add(network):
    for fewer, more in pairwise([scores(network, max_ties=n) for n in (1, 2, 3)]):
        assert all(more.get(entity, 0) >= score - 1e-12 for entity, score in fewer.items())


@settings(max_examples=80, deadline=None)
@given(a_backed_tie(("supplies",)), st.integers(1, 4000))
def test_what_holds_weighs_no_more_as_it_grows_old(pair, days):
    tie, row = pair
    row = [
        replace(b, claim=replace(b.claim, valid_from=None, valid_to=None, ended=False)) for b in row
    ]
    later = replace(SHIPPED, day=DAY + timedelta(days=days))
    assert tie_worth(tie, row, later) <= tie_worth(tie, row, SHIPPED) + 1e-12
    graph = built([(tie, row)])
    assert (
        tie_factors(Scales.of(graph, later))[0] <= tie_factors(Scales.of(graph, SHIPPED))[0] + 1e-12
    )


# Independence


_row = st.lists(a_backer("t"), min_size=1, max_size=6, unique_by=lambda b: b.claim.id)


def counted(row, places=None):
    places = range(len(row)) if places is None else places
    return independent_count(list(places), set(independent_pairs(row)))


@settings(max_examples=80, deadline=None)
@given(_row, st.sampled_from(PUBLISHERS), st.randoms(use_true_random=False))
def test_a_copy_by_the_same_publisher_or_of_the_same_words_is_no_second_source(
    row, publisher, random
):
    copied = random.choice(row)
    copy = replace(
        copied,
        claim=replace(copied.claim, id=ClaimId("copy"), attribution=()),
        publication=Publication(publisher),
    )
    assert counted([copied, copy]) == 1


@settings(max_examples=80, deadline=None)
@given(_row, st.randoms(use_true_random=False))
def test_independent_sources_are_the_largest_group_that_shares_nothing(row, random):
    pairs = set(independent_pairs(row))
    sizes = [
        len(group)
        for size in range(1, len(row) + 1)
        for group in combinations(range(len(row)), size)
        if all(pair in pairs for pair in combinations(group, 2))
    ]
    assert counted(row) == max(sizes)
    assert counted(random.sample(row, len(row))) == max(sizes)


@settings(max_examples=80, deadline=None)
@given(a_backed_tie(("supplies",)), a_backer("more"))
def test_another_source_that_says_so_never_lowers_a_tie(pair, more):
    tie, row = pair
    row = [replace(b, claim=replace(b.claim, valid_to=None)) for b in row]
    more = replace(more, claim=replace(more.claim, valid_to=None, polarity="affirmed"))
    joined = replace(tie, claims=(*tie.claims, more.claim.id))
    alone = tie_factors(Scales.of(built([(tie, row)]), SHIPPED))[0]
    assert tie_factors(Scales.of(built([(joined, [*row, more])]), SHIPPED))[0] >= alone - 1e-12


# Ownership


def a_rule(reading, share=50.0):
    return AffiliatesRule("r", "", "", ("list",), ("",), share, reading, "", ())


@st.composite
def some_holdings(draw):
    pairs = draw(st.lists(st.tuples(_entity, _entity), max_size=12, unique=True))
    shares = st.sampled_from([None, 5.0, 10.0, 25.0, 33.3, 49.0, 50.0, 51.0, 100.0])
    return [Holding(a, b, draw(shares), n) for n, (a, b) in enumerate(pairs) if a != b]


_listed = st.sets(_entity, min_size=1, max_size=3)
_reading = st.sampled_from(["cascade", "multiply"])


def cascaded(entity, holdings, listed, share=50.0):
    """Return the share that counts, by trying every set of entities that could count."""
    counting = set(listed)
    for _ in ENTITIES:
        for other in ENTITIES:
            held = sum(h.share or 0 for h in holdings if h.owned == other and h.owner in counting)
            if held >= share:
                counting.add(other)
    return min(
        100.0, sum(h.share or 0 for h in holdings if h.owned == entity and h.owner in counting)
    )


@settings(max_examples=120, deadline=None)
@given(some_holdings(), _listed, _entity)
def test_the_cascade_is_what_going_round_until_nothing_changes_gives(holdings, listed, entity):
    reached = reach_of_rule(entity, holdings, listed, a_rule("cascade"))
    assert reached.share == pytest.approx(cascaded(entity, holdings, listed))
    assert reached.covered == (reached.share >= 50 - 1e-6)


@settings(max_examples=120, deadline=None)
@given(some_holdings(), _listed, _entity, _reading, st.randoms(use_true_random=False))
def test_ownership_is_a_share_and_does_not_hang_on_order(holdings, listed, entity, reading, random):
    reached = reach_of_rule(entity, holdings, listed, a_rule(reading))
    shuffled = random.sample(holdings, len(holdings))
    again = reach_of_rule(entity, shuffled, listed, a_rule(reading))
    assert 0 <= reached.share <= 100
    assert again.share == pytest.approx(reached.share, abs=1e-6)
    assert set(again.holdings) == set(reached.holdings)


@settings(max_examples=120, deadline=None)
@given(some_holdings(), _listed, _entity, _entity, _entity, _reading)
def test_one_more_holding_or_listing_never_lowers_a_share(
    holdings, listed, entity, owner, owned, reading
):
    before = reach_of_rule(entity, holdings, listed, a_rule(reading)).share
    listed_too = reach_of_rule(entity, holdings, listed | {owner}, a_rule(reading)).share
    assert listed_too >= before - 1e-6 or owner == entity
    if owner != owned and (owner, owned) not in {(h.owner, h.owned) for h in holdings}:
        more = [*holdings, Holding(owner, owned, 20.0, 99)]
        assert reach_of_rule(entity, more, listed, a_rule(reading)).share >= before - 1e-6


@settings(max_examples=80, deadline=None)
@given(some_holdings(), _listed, _entity)
def test_multiplied_shares_add_up_over_all_chains(holdings, listed, entity):
    forward = [h for h in holdings if h.owner < h.owned]
    reached = reach_of_rule(entity, forward, listed, a_rule("multiply"))

    def counts(end):
        if end in listed:
            return 1.0
        held = sum((h.share or 0) / 100 * counts(h.owner) for h in forward if h.owned == end)
        return min(1.0, held)

    held = sum((h.share or 0) * counts(h.owner) for h in forward if h.owned == entity)
    assert reached.share == pytest.approx(min(100.0, held), abs=1e-5)
