"""Resolution over the real lists: what must be one, what must stay apart, and nothing lost."""

from dataclasses import dataclass

import pytest

from crosstie.ontology.records import ListRow, Mention
from crosstie.resolution import Resolution, resolve
from crosstie.sources import (
    china_defence_universities,
    cn_schools,
    meti_eul,
    mofcom,
    ror,
    starter,
    us_csl,
)

pytestmark = pytest.mark.shared

CASC = "China Aerospace Science and Technology Corporation"
CASIC = "China Aerospace Science and Industry Corporation"
_FILES = {
    "lists/csl_compact_2026-07-31.json": us_csl,
    "lists/meti_end_user_list_jp.json": meti_eul,
    "lists/mofcom_lists_cn.json": mofcom,
    "organisations/misp_china_defence_universities.json": china_defence_universities,
    "organisations/ror_cn_hk_tw_mo.jsonl": ror,
    "organisations/py92_cn_schools.csv": cn_schools,
}


@dataclass
class Resolved:
    """The outcome, with ways to ask about names."""

    mentions: dict[str, Mention]
    result: Resolution

    def entities_of(self, name, country=None):
        """Return the ids of the entities to which a mention with this main name belongs."""
        return {
            entity.id
            for entity in self.result.entities
            for found in entity.mentions
            if self.mentions[found.mention_id].names[0].text.casefold() == name.casefold()
            and country in (None, self.mentions[found.mention_id].country)
        }


@pytest.fixture(scope="module")
def resolved(shared):
    readings = [
        module.read(shared / "data" / path, as_of="2026-07-31") for path, module in _FILES.items()
    ]
    readings.append(starter.read_starter())
    mentions, origins, publishers = {}, {}, {}
    for reading in readings:
        for row in reading.rows:
            if isinstance(row, ListRow):
                origins[row.document.id] = row.document.origin
                publishers[row.document.id] = row.document.publisher
                mentions.update((mention.id, mention) for mention in row.mentions)
    result = resolve(mentions.values(), origins=origins, publishers=publishers)
    return Resolved(mentions, result)


def test_every_mention_of_every_list_is_in_exactly_one_entity(resolved):
    placed = [m.mention_id for entity in resolved.result.entities for m in entity.mentions]
    assert sorted(placed) == sorted(resolved.mentions)


@pytest.mark.parametrize(
    "names",
    [
        ["Hikvision", "Hangzhou Hikvision Digital Technology Co., Ltd."],
        ["Beihang University", "Beijing University of Aeronautics and Astronautics"],
        ["China Electronics Technology Group Corporation 28th Research Institute",
         "CETC 28th Research Institute"],
        ["Bureau of Industry and Security"],
        ["Shahid Bakeri Industrial Group"],
    ],
)  # fmt: skip
def test_one_organisation_under_several_names_is_one_entity(resolved, names):
    found = [resolved.entities_of(name) for name in names]
    assert all(found)
    assert len(set().union(*found)) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("China Electronics Technology Group Corporation", "CETC 28th Research Institute"),
        ("CETC 10th Research Institute", "CETC 20th Research Institute"),
        (f"{CASIC} Second Academy 23rd Research Institute",
         f"{CASIC} Second Academy 203rd Research Institute"),
        (CASC, f"13th Research Institute, 9th Academy, {CASC}"),
        (CASC, CASIC),
        ("Piotech", "Shengwei Semiconductor Equipment (Shanghai) Co., Ltd."),
        ("Almaz-Antey", "Almaz-Antey Air Defense Concern Main System Design Bureau, JSC"),
        ("Norinco Group", "China South Industries Group"),
    ],
)  # fmt: skip
def test_relatives_and_namesakes_stay_apart(resolved, one, two):
    ours, theirs = resolved.entities_of(one), resolved.entities_of(two)
    assert ours
    assert theirs
    assert not ours & theirs


def test_no_entity_has_two_numbers_of_one_register(resolved):
    for entity in resolved.result.entities:
        for scheme in ("ror", "ofac", "starter", "lei", "uscc"):
            values = {i.value for i in entity.identifiers if i.scheme == scheme}
            assert len(values) <= 1, (entity.name, scheme, values)


def test_two_countries_meet_in_one_entity_only_over_an_identifier(resolved):
    for entity in resolved.result.entities:
        members = [resolved.mentions[m.mention_id] for m in entity.mentions]
        if len({m.country for m in members} - {None}) > 1:
            codes = {reason.code for m in entity.mentions for reason in m.reasons}
            assert "identifier" in codes, entity.name


def test_what_is_left_to_people_is_a_readable_amount(resolved):
    assert len(resolved.result.queue) < len(resolved.result.entities) * 0.05
    assert all(pair.reasons for pair in resolved.result.queue)
