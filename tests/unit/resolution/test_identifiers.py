"""Check digits: a slip of the pen in an identifier neither merges nor parts."""

import pytest

from crosstie.ontology.records import Identifier
from crosstie.resolution.identifiers import is_well_formed


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("ror", "00wk2mp56"),
        ("ror", "https://ror.org/00wk2mp56"),
        ("lei", "529900T8BM49AURSDO55"),
        ("uscc", "91350100M000100Y43"),
        ("wikidata", "Q42"),
        ("ticker", "SEHK:144"),
        ("ofac", "anything"),
    ],
)
def test_identifiers_as_registers_write_them_are_well_formed(scheme, value):
    assert is_well_formed(Identifier(scheme, value))


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("ror", "00wk2mp57"),
        ("ror", "1"),
        ("lei", "529900T8BM49AURSDO56"),
        ("lei", "529900T8BM94AURSDO55"),
        ("uscc", "91350100M000100Y44"),
        ("uscc", "91350100M00010OY43"),
        ("wikidata", "42"),
        ("ticker", "144"),
    ],
)
def test_wrong_check_digits_and_forms_are_not(scheme, value):
    assert not is_well_formed(Identifier(scheme, value))
