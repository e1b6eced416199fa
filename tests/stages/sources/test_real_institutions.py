"""Invented papers of real institutions: each is the organisation that its register knows."""

import json

import pytest

from crosstie.sources.ror_records import RorRecord, record_of
from crosstie.workspace import Workspace
from tests.unit.sources.openalex_made import lines, work

pytestmark = pytest.mark.shared
NOW = "2026-11-24T00:00:00+00:00"
COUNT = 60


def as_openalex(number, record):
    """Return a register's record as a work names the institution."""
    return {
        "id": f"https://openalex.org/I{number}",
        "display_name": record.names[0].text,
        "ror": record.id,
        "country_code": record.countries[0],
        "type": record.types[0].lower(),
        "lineage": [],
    }


@pytest.fixture(scope="module")
def register(shared):
    path = shared / "data" / "organisations" / "ror_cn_hk_tw_mo.jsonl"
    with path.open("rb") as stream:
        records = [record_of(json.loads(line)) for line in stream]
    kept = [r for r in records if isinstance(r, RorRecord) and r.status == "active" and r.types]
    return path, kept[:: len(kept) // COUNT][:COUNT]


def test_an_institution_on_a_paper_is_the_one_of_its_ror_record(register, tmp_path):
    path, records = register
    made = [as_openalex(number, record) for number, record in enumerate(records)]
    home, *others = made
    works = [work(n, [home], [other]) for n, other in enumerate(others)]
    with Workspace.open(tmp_path / "w.db", now=lambda: NOW) as workspace:
        workspace.load("ror", path, resolve=False)
        workspace.load("openalex", lines(tmp_path / "works.jsonl", *works))
        found = workspace.collaborations.partners(home["ror"])
        assert len(found.partners) == len(others)
        rors = {partner.identifiers["ror"] for partner in found.partners}
        assert rors == {other["ror"].rsplit("/", 1)[-1] for other in others}
        for partner in found.partners:
            entity = workspace.entity(partner.entity.id).entity
            # The register's row and the paper's name one entity.
            assert len(entity.mentions) >= 2
