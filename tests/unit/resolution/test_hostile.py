"""Data that would fool a careless matcher: shared names, shared numbers, chains, crowds."""

import time

from crosstie.ontology.records import Document, Identifier, Judgement, Mention, Name
from crosstie.resolution import resolve

GOOD, OTHER = (
    Identifier("lei", "529900T8BM49AURSDO55"),
    Identifier("lei", "5493001KJTIIGC8Y1R12"),
)


def row(*names, country="CN", identifiers=(), publisher="P", kind="company"):
    text = "; ".join([*names, country or "", *(i.value for i in identifiers), publisher])
    document = Document.of(origin="list", name="row", text=text, language="en", publisher=publisher)
    given = [Name(n, "en", "primary" if place == 0 else "alias") for place, n in enumerate(names)]
    return document, Mention.of(
        document, 0, len(names[0]), kind=kind, names=given, country=country,
        identifiers=identifiers,
    )  # fmt: skip


def prose(name, number, country=None):
    text = f"{name} {number}"
    document = Document.of(origin="document", name="d", text=text, language="en")
    return document, Mention.of(document, 0, len(name), kind="company", country=country)


def resolved(*given, judgements=()):
    documents = [document for document, _ in given]
    return resolve(
        [mention for _, mention in given],
        judgements,
        origins={d.id: d.origin for d in documents},
        publishers={d.id: d.publisher for d in documents},
    )


def groups(found):
    return {frozenset(m.mention_id for m in entity.mentions) for entity in found.entities}


def test_the_same_short_name_in_two_countries_stays_apart():
    found = resolved(row("Lantian", country="CN"), row("Lantian", country="IT", publisher="Q"))
    assert len(found.entities) == 2


def test_prose_that_tells_a_country_does_not_make_two_namesakes_of_one_record():
    record = row("Lantian Optics Works", "Lantian Lens Factory", country=None)
    told = [prose("Lantian Optics Works", n, country) for n, country in enumerate(("CN", "IT"))]
    found = resolved(record, *told)
    assert len(found.entities) == 3
    assert {pair.score for pair in found.queue} == {0.65}


def test_a_generic_name_merges_no_two_lists():
    rows = [row("Institute of Technology", publisher=p, kind="university") for p in "PQRS"]
    assert len(resolved(*rows).entities) == 4


def test_two_common_names_in_common_make_one():
    one = row("Naval Research Academy", "Navy Equipment Research Academy", publisher="P")
    two = row("Naval Research Academy", "Navy Equipment Research Academy", "Naval Academy of"
              " Research", publisher="Q")  # fmt: skip
    assert len(resolved(one, two).entities) == 1


def test_a_chain_of_near_names_does_not_join_its_ends():
    first = row("Hexi Optics Works", publisher="P")
    between = row("Hexi Optics Works", "Hexi Optical Instruments Plant", publisher="Q")
    last = row("Hexi Optical Instruments Plant", publisher="P")
    found = resolved(first, between, last)
    assert not any({first[1].id, last[1].id} <= group for group in groups(found))
    assert any("lists them as two" in r.text for pair in found.queue for r in pair.reasons)


def test_an_identifier_that_many_strangers_carry_merges_none_of_them():
    rows = [row(f"{name} Works", identifiers=(GOOD,))
            for name in ("Hexi", "Lantian", "Beihe", "Qingming", "Yunmen")]  # fmt: skip
    found = resolved(*rows)
    assert len(found.entities) == 5
    assert {pair.reasons[0].code for pair in found.queue} == {"crowded_identifier"}


def test_an_identifier_with_wrong_check_digits_merges_nothing():
    wrong = (Identifier("lei", "529900T8BM49AURSDO56"),)
    found = resolved(row("Hexi Works", identifiers=wrong), row("Beihe Works", identifiers=wrong))
    assert len(found.entities) == 2


def test_a_stock_code_joins_what_has_like_names_and_nothing_else():
    code = (Identifier("ticker", "SEHK:144"),)
    alike = [
        row("Hexi Merchants Port Holdings", identifiers=code, publisher="P"),
        row("Hexi Merchants Ports Holdings Company", identifiers=code, publisher="Q"),
    ]
    assert len(resolved(*alike).entities) == 1
    unlike = row("Qingming Foods", identifiers=code, publisher="R")
    found = resolved(alike[0], unlike)
    assert len(found.entities) == 2
    assert found.queue


def test_contradictory_judgements_keep_apart_and_are_asked_about():
    rows = [row("Hexi Optics Works"), row("Beihe Glass Works"), row("Qingming Lens Works")]
    a, b, c = (mention.id for _, mention in rows)
    judged = [
        Judgement("1", a, b, "same", "A", "2026-01-01", "one"),
        Judgement("2", b, c, "same", "A", "2026-01-02", "one"),
        Judgement("3", a, c, "different", "A", "2026-01-03", "two"),
    ]
    found = resolved(*rows, judgements=judged)
    assert not any({a, c} <= group for group in groups(found))
    assert any(r.code == "judged_same" for pair in found.queue for r in pair.reasons)


def test_ten_thousand_mentions_of_one_name_are_one_entity_in_seconds():
    given = [prose("Lantian Optics Works", n) for n in range(10_000)]
    began = time.process_time()
    found = resolved(row("Lantian Optics Works", country=None), *given)
    assert len(found.entities) == 1
    assert time.process_time() - began < 10


def test_a_thousand_records_of_one_name_in_many_countries_cost_no_square():
    rows = [row("Lantian Trading", country=c, publisher=f"P{n}")
            for n in range(40) for c in ("CN", "IT", "RU", "FR", "KE")]  # fmt: skip
    found = resolved(*rows)
    assert len(found.entities) == 5


def test_nothing_gives_nothing():
    assert resolved().entities == ()
