"""A later sentence may end a tie without a name; one that denies the ending does not."""

import pytest

from crosstie.documents import read_document
from crosstie.extraction import Extractor

_PLACED = "In 2015 the Selim Treasury placed Hexi Optics Ltd on the Arms Embargo List."


def _statuses(text: str, tie: str) -> set[str]:
    document, articles = read_document(text.encode("utf-8"), name="page.txt")
    return {
        claim.status
        for article in articles
        for claim in Extractor().extract(document, article).claims
        if claim.predicate == tie
    }


@pytest.mark.parametrize(
    "after", ["The listing was lifted in 2018.", "It protested. The designation has since expired."]
)
def test_a_listing_that_is_lifted_later_is_ended(after: str) -> None:
    assert _statuses(f"{_PLACED} {after}", "designated") == {"ended"}


@pytest.mark.parametrize(
    "after",
    ["The listing was never lifted.", "The contract was cancelled in 2018.", "It protested."],
)
def test_a_listing_that_nothing_lifts_stays(after: str) -> None:
    assert _statuses(f"{_PLACED} {after}", "designated") == {"asserted"}


def test_a_deal_that_ran_out_is_ended() -> None:
    text = (
        "Hexi Optics Ltd signed a contract with Lantian Holdings in 2011. "
        "The contract expired in 2016."
    )
    assert _statuses(text, "signed_agreement") == {"ended"}
