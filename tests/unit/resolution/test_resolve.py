"""Which mentions become one entity, and which never do."""

import pytest

from crosstie.ontology.ids import JudgementId, SourceId
from crosstie.ontology.records import Document, Identifier, Judgement, Mention, Name
from crosstie.resolution import resolve

ORIGINS = {}
_counter = iter(range(10**6))


def mention(origin, *names, kind="company", **values):
    """Make a mention in a document of its own."""
    text = f"row {next(_counter)}: {names[0]}"
    document = Document.of(
        origin=origin, name="row", text=text, language="en", source_id=SourceId("list")
    )
    ORIGINS[document.id] = origin
    spelt = [name if isinstance(name, Name) else Name(name, "en") for name in names]
    spelt = [spelt[0], *(Name(n.text, n.language, _as_alias(n)) for n in spelt[1:])]
    start = text.index(":") + 2
    return Mention.of(document, start, len(text), kind=kind, names=spelt, **values)


def _as_alias(name):
    return "alias" if name.kind == "primary" else name.kind


def prose(*spans, kind="company"):
    """Make mentions in one prose document, one for each text."""
    text = "; ".join(spans) + f" #{next(_counter)}"
    document = Document.of(origin="document", name="article", text=text, language="en")
    ORIGINS[document.id] = "document"
    found, place = [], 0
    for span in spans:
        place = text.index(span, place)
        found.append(Mention.of(document, place, place + len(span), kind=kind))
        place += len(span)
    return found


def judgement(left, right, verdict, at="2026-01-01", undoes=None, id="jdg-1"):
    return Judgement(JudgementId(id), left.id, right.id, verdict, "A. Reader", at, "seen", undoes)


def groups(mentions, judgements=(), **options):
    found = resolve(mentions, judgements, origins=ORIGINS, **options)
    return {frozenset(m.mention_id for m in entity.mentions) for entity in found.entities}


def together(mentions, judgements=()):
    return groups(mentions, judgements) == {frozenset(m.id for m in mentions)}


def apart(mentions, judgements=()):
    return groups(mentions, judgements) == {frozenset([m.id]) for m in mentions}


def test_the_same_main_name_in_one_country_is_one_entity_and_says_why():
    one = mention("list", "Hangzhou Hikvision Digital Technology Co., Ltd.", country="CN")
    two = mention("list", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO LTD", "HIK", country="CN")
    (entity,) = resolve([one, two], origins=ORIGINS).entities
    codes = [reason.code for found in entity.mentions for reason in found.reasons]
    assert codes == ["same_main_name", "same_country"]


def test_same_name_in_two_countries_stays_apart():
    assert apart(
        [
            mention("list", "Orient Shipping Company", country="CN"),
            mention("list", "Orient Shipping Company", country="IR"),
        ]
    )


def test_a_name_without_country_does_not_bridge_two_countries():
    rows = [
        mention("list", "Orient Shipping Company", country="CN"),
        mention("list", "Orient Shipping Company", country="IR"),
        mention("list", "Orient Shipping Company", "Orient Lines Shipping"),
    ]
    assert apart(rows)


def test_a_shared_strong_identifier_merges_different_names():
    ror = (Identifier("ror", "https://ror.org/000000195"),)
    one = mention("list", "Beihang University", identifiers=ror, kind="university")
    two = mention("list", "北京航空航天大学", identifiers=ror, kind="university")
    assert together([one, two])


def test_different_identifiers_of_one_scheme_keep_namesakes_apart():
    one = mention("list", "Hexi Institute of Optics", identifiers=(Identifier("ror", "000000195"),))
    two = mention("list", "Hexi Institute of Optics", identifiers=(Identifier("ror", "000000292"),))
    assert apart([one, two])


def test_a_ticker_alone_merges_nothing():
    code = (Identifier("ticker", "SEHK:144"),)
    assert apart(
        [
            mention("list", "Lantian Ports Holdings", identifiers=code, country="CN"),
            mention("list", "Hexi Shipping Holdings", identifiers=code, country="CN"),
        ]
    )


def test_lists_do_not_merge_over_an_acronym_alone():
    assert apart(
        [
            mention("list", "Beijing Institute of Technology", "BIT", country="CN"),
            mention("list", "Bhilai Investment Trust", "BIT", country="CN"),
        ]
    )


def test_a_publisher_that_gives_two_rows_means_two_organisations():
    one = mention("list", "Hexi Optics Works", "Qingming Lens Factory", country="CN")
    two = mention("list", "Lantian Optics Works", "Qingming Lens Factory", country="CN")
    rows = [one, two, mention("list", "Lantian Optics Works", "Lantian Works", country="CN")]
    offices = {one.document_id: "Trade Office", two.document_id: "Trade Office"}
    found = groups(rows, publishers=offices)
    assert not any({one.id, two.id} <= group for group in found)


def test_an_alias_shared_across_publishers_merges_where_it_is_a_main_name():
    one = mention("list", "Hexi Optics Works", "Qingming Lens Factory", country="CN")
    two = mention("list", "Qingming Lens Factory", country="CN")
    assert together([one, two])


def test_a_free_zone_company_is_not_the_limited_company_of_its_name():
    one = mention("list", "Hexi General Trading L.L.C.", country="AE")
    two = mention("list", "Hexi General Trading FZE", country="AE")
    assert apart([one, two])


def test_rows_that_repeat_an_authority_are_one_entity():
    rows = [
        mention("list", "Trade Office", "Trade Office of Selimia", country="US") for _ in range(60)
    ]
    assert together(rows)


def test_one_row_that_names_two_organisations_keeps_them_apart():
    text = "Hexi Optics Works; parent: Hexi Group Optics Works"
    document = Document.of(origin="list", name="row", text=text, language="en")
    ORIGINS[document.id] = "list"
    shared = Name("Hexi Lenses Factory", "en", "alias")
    one = Mention.of(
        document, 0, 17, kind="company", names=(Name("Hexi Optics Works"), shared), country="CN"
    )
    two = Mention.of(
        document, 27, 50, kind="company", names=(Name("Hexi Lenses Factory"), shared), country="CN"
    )
    assert apart([one, two])


def test_numbers_are_identity():
    assert apart(
        [
            mention("list", "28th Research Institute of CETC", country="CN"),
            mention("list", "29th Research Institute of CETC", country="CN"),
        ]
    )


def test_a_parent_and_its_numbered_institute_stay_apart():
    assert apart(
        [
            mention("list", "China Electronics Technology Group Corporation", country="CN"),
            mention(
                "list",
                "China Electronics Technology Group Corporation 28th Research Institute",
                country="CN",
            ),
        ]
    )


def test_an_alias_that_a_list_gives_to_the_parent_does_not_swallow_the_institute():
    group = mention("list", "Hexi Group", "Institute of Control Devices", country="CN")
    part = mention(
        "list", "Hexi Group 13th Institute", "Institute of Control Devices", "230 Lens Factory",
        country="CN",
    )  # fmt: skip
    found = resolve([group, part], origins=ORIGINS)
    assert len(found.entities) == 2


def test_a_place_is_never_a_company():
    place = mention("list", "Hexi", kind="place", country="CN")
    assert apart([place, mention("list", "Hexi", kind="company", country="CN")])


def test_a_list_reader_may_confuse_a_university_with_a_company():
    one = mention("list", "Hexi University of Technology", kind="university", country="CN")
    two = mention("list", "Hexi University of Technology", kind="company", country="CN")
    (entity,) = resolve([one, two], origins=ORIGINS).entities
    assert entity.kind == "university"


def test_a_bare_name_joins_the_one_entity_that_bears_it():
    row = mention("starter", "Hangzhou Hikvision", "Hikvision", country="CN")
    (said,) = prose("Hikvision")
    assert together([row, said])


def test_a_bare_name_that_fits_two_entities_stays_apart_and_is_put_to_a_person():
    one = mention("list", "Alibaba Group Holding", "Alibaba", country="CN")
    two = mention("list", "Alibaba Travel Agency", "Alibaba", country="IT")
    (said,) = prose("Alibaba")
    found = resolve([one, two, said], origins=ORIGINS)
    assert len(found.entities) == 3
    assert {frozenset((p.left, p.right)) for p in found.queue} == {
        frozenset((one.id, said.id)),
        frozenset((two.id, said.id)),
    }


def test_an_acronym_in_prose_joins_where_the_document_gives_the_name_in_full():
    row = mention("list", "Hexi Institute of Optics", Name("HIO", "en", "acronym"), country="CN")
    full, short = prose("Hexi Institute of Optics", "HIO")
    (other,) = prose("HIO")
    assert groups([row, full, short, other]) == {
        frozenset((row.id, full.id, short.id)),
        frozenset((other.id,)),
    }


def test_an_acronym_that_a_curated_fact_gives_is_taken_anywhere():
    row = mention("starter", "Hexi Institute of Optics", Name("HIO", "en", "acronym"), country="CN")
    (said,) = prose("HIO")
    assert together([row, said])


def test_a_common_name_that_a_curated_fact_calls_weak_is_put_to_a_person():
    row = mention(
        "starter", "Ministry of Commerce of Zhongyuan", Name("Ministry of Commerce", "en", "weak"),
        country="CN", kind="government_body",
    )  # fmt: skip
    (said,) = prose("Ministry of Commerce", kind="government_body")
    found = resolve([row, said], origins=ORIGINS)
    assert len(found.entities) == 2
    assert len(found.queue) == 1


def test_a_common_name_is_taken_where_prose_tells_the_country():
    row = mention(
        "starter", "Ministry of Commerce of Zhongyuan", Name("Ministry of Commerce", "en", "weak"),
        country="CN", kind="government_body",
    )  # fmt: skip
    document = Document.of(origin="document", name="a", text="Ministry of Commerce", language="en")
    ORIGINS[document.id] = "document"
    ours, theirs = (
        Mention.of(document, 0, 20 - cut, kind="government_body", country=country,
                   names=(Name("Ministry of Commerce", "en"),))
        for cut, country in ((0, "CN"), (1, "IT"))
    )  # fmt: skip
    assert groups([row, ours, theirs]) == {
        frozenset((row.id, ours.id)),
        frozenset((theirs.id,)),
    }


def test_a_country_has_one_ministry_of_a_name():
    rows = [
        mention("list", "Ministry of Ocean Resources", country=country, kind="government_body")
        for country in ("CN", "CN", "IT")
    ]
    assert groups(rows) == {frozenset((rows[0].id, rows[1].id)), frozenset((rows[2].id,))}


def test_of_several_namesakes_with_numbers_none_is_picked_at_random():
    rors = [
        mention("list", "Institute of Software Science", identifiers=(Identifier("ror", n),),
                country="CN")
        for n in ("000000195", "000000292")
    ]  # fmt: skip
    plain = mention("list", "Institute of Software Science", "Software Lab One", country="CN")
    assert apart([*rors, plain])


def test_prose_that_spells_out_its_short_form_is_still_prose():
    row = mention("starter", "Hexi Institute of Optics", Name("HIO", "en", "acronym"), country="CN")
    other = mention("list", "Hebei Iron Office", Name("HIO", "en", "acronym"), country="CN")
    document = Document.of(
        origin="document",
        name="article",
        text="Hexi Institute of Optics (HIO). HIO.",
        language="en",
    )
    ORIGINS[document.id] = "document"
    names = (Name("Hexi Institute of Optics", "en"), Name("HIO", "en", "acronym"))
    full = Mention.of(document, 0, 24, kind="company", names=names, country="CN")
    short = Mention.of(document, 32, 35, kind="company")
    assert groups([row, other, full, short]) == {
        frozenset((row.id, full.id, short.id)),
        frozenset((other.id,)),
    }


def test_the_same_new_name_in_two_documents_is_one_entity():
    assert together([*prose("Qingming Positioning"), *prose("Qingming Positioning")])


def test_a_person_of_the_same_name_in_two_documents_is_not_taken_for_one():
    assert apart([*prose("Wang Wei", kind="person"), *prose("Wang Wei", kind="person")])


def test_a_judged_difference_holds_even_through_a_third():
    rows = [mention("list", "Hexi Optics Works", country="CN") for _ in range(3)]
    for third in rows:
        one, two = (row for row in rows if row is not third)
        found = groups(rows, [judgement(one, two, "different")])
        assert not any({one.id, two.id} <= group for group in found)
        assert len(found) == 2


def test_a_judged_sameness_overrides_the_rules():
    one = mention("list", "Hexi Optics", country="CN")
    two = mention("list", "Lantian Lenses", country="HK")
    assert apart([one, two])
    assert together([one, two], [judgement(one, two, "same")])


def test_an_undo_restores_what_was():
    one = mention("list", "Hexi Optics", country="CN")
    two = mention("list", "Lantian Lenses", country="HK")
    same = judgement(one, two, "same")
    undo = judgement(one, two, "unsure", "2026-01-02", undoes=same.id, id="jdg-2")
    before = resolve([one, two], origins=ORIGINS)
    assert resolve([one, two], [same, undo], origins=ORIGINS) == before


def test_the_latest_judgement_on_a_pair_wins():
    one = mention("list", "Hexi Optics", country="CN")
    two = mention("list", "Hexi Optics", country="CN")
    first = judgement(one, two, "different", "2026-01-01", id="jdg-1")
    later = judgement(two, one, "same", "2026-01-02", id="jdg-2")
    assert together([one, two], [later, first])


def test_judgements_that_contradict_each_other_are_put_to_a_person():
    one, two, three = (mention("list", f"Hexi {n} Works", country="CN") for n in "ABC")
    judged = [
        judgement(one, two, "same", id="jdg-1"),
        judgement(two, three, "same", id="jdg-2"),
        judgement(one, three, "different", id="jdg-3"),
    ]
    found = resolve([one, two, three], judged, origins=ORIGINS)
    assert len(found.entities) == 2
    assert [pair.reasons[0].code for pair in found.queue] == ["judged_same"]


def test_the_id_of_an_entity_survives_more_documents():
    row = mention("list", "Hexi Optics Works", country="CN")
    (before,) = resolve([row], origins=ORIGINS).entities
    (after,) = resolve([row, *prose("Hexi Optics Works")], origins=ORIGINS).entities
    assert before.id == after.id


def test_the_curated_english_name_is_shown_and_every_name_kept_once():
    row = mention("list", "HEXI OPTICS WORKS", "Hexi Works", country="CN")
    curated = mention(
        "starter", Name("和西光学", "zh"), Name("Hexi Optics Works", "en"), country="CN",
        tier="foundation", description="Makes lenses.",
    )  # fmt: skip
    (entity,) = resolve([row, curated], origins=ORIGINS).entities
    assert entity.name == "Hexi Optics Works"
    assert entity.description == "Makes lenses."
    assert [name.text for name in entity.names].count("Hexi Optics Works") == 1
    assert {name.language for name in entity.names} == {"zh", "en"}


@pytest.mark.parametrize("kind", ["government_body", "laboratory"])
def test_the_tier_comes_from_the_kind_where_nobody_states_one(kind):
    (entity,) = resolve([mention("list", "Hexi Bureau", kind=kind)], origins=ORIGINS).entities
    assert entity.tier == {"government_body": "ecosystem", "laboratory": "foundation"}[kind]


def test_names_without_a_letter_stay_alone_and_break_nothing():
    assert apart([mention("list", "—", country="CN"), mention("list", "—", country="CN")])
    assert apart([*prose("!!!"), *prose("!!!")])
