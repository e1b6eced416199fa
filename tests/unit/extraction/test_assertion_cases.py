"""Ways of saying that something is denied, planned, over, reported or alleged."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("reading", Path(__file__).with_name("reading.py"))
assert _SPEC and _SPEC.loader
reading = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reading)

A, B = "[Lantian Holdings|company]", "[Northern Fleet|military_unit]"
U = "[Yunmen University|university]"
C, D = "[蓝天公司|company]", "[北方舰队|military_unit]"

CASES = [
    ("denied", f"{A} did not supply lenses to the {B}."),
    ("denied", f"{A} has never supplied lenses to the {B}."),
    ("denied", f"{A} does not sell lenses to the {B}."),
    ("denied", f"{A} denied that it had supplied lenses to the {B}."),
    ("denied", f"{A} denies supplying lenses to the {B}."),
    ("denied", f"{A} rejected the claim that it supplies lenses to the {B}."),
    ("denied", f"{A} said that it does not supply lenses to the {B}."),
    ("denied", f"{A} said it has no partnership with the {B}."),
    ("denied", f"{A} has no cooperation with the {B}."),
    ("denied", f"{A} had at no time done research for the {B}."),
    ("denied", f"{A} refused to supply lenses to the {B}."),
    ("denied", f"{A} failed to sell lenses to the {B}."),
    ("denied", f"{A} declined to supply lenses to the {B}."),
    ("denied", f"{A} says that it is neither owned nor controlled by the {B}."),
    ("denied", f"{A} is not owned by the {B}."),
    ("denied", f"{A} disputed that it had sold lenses to the {B}."),
    ("denied", f"Lenses were never sold by {A} to the {B}."),
    ("denied", f"{A} never collaborated with the {B}."),
    ("denied", f"It is not true that {A} supplies lenses to the {B}."),
    ("denied", f"It is false that {A} supplies lenses to the {B}."),
    ("denied", f"It is untrue that {A} supplied lenses to the {B}."),
    ("denied", f"The claim that {A} supplies lenses to the {B} is false."),
    ("denied", f"{A} said reports that it supplies lenses to the {B} are untrue."),
    ("denied", f"{A} was falsely accused of supplying lenses to the {B}."),
    ("denied", f"{A} supplies nothing to the {B}."),
    ("denied", f"There is no evidence that {A} supplied lenses to the {B}."),
    ("denied", f"{A} rejected claims that it supplies the {B}."),
    ("denied", f"{A} ruled out supplying lenses to the {B}."),
    ("denied", f"{A} has denied any partnership with the {B}."),
    ("denied", f"Neither {A} nor [Hexi Group|company] has supplied lenses to the {B}."),
    ("denied", f"{A} would have supplied lenses to the {B}."),
    ("denied", f"{A} did not sign the contract with the {B}."),
    ("denied", f"{A} refused to sign an agreement with the {B}."),
    ("denied", f"Contrary to reports, {A} does not supply the {B}."),
    ("denied", f"{A} is not a supplier to the {B}."),
    ("denied", f"{A} has no links to the {B}."),
    ("denied", f"The {B} has never bought lenses from {A}."),
    ("denied", f"None of the lenses were supplied by {A} to the {B}."),
    ("denied", f"{A} said it had not sold any lenses to the {B}."),
    ("denied", f"It is not the case that {A} owns [Beihe Optics|company]."),
    ("ended", f"{A} abandoned its plan to buy [Beihe Optics|company]."),
    ("ended", f"{A} dropped plans to supply lenses to the {B}."),
    ("denied", f"{A} failed in its bid to buy [Beihe Optics|company]."),
    ("denied", f"Without {A} ever supplying lenses to the {B}, the deal was off."),
    ("denied", f"{A} was never a partner of the {B}."),
    ("denied", f"{A} cannot supply lenses to the {B}."),
    ("denied", f"{A} was barred from supplying lenses to the {B}."),
    ("denied", f"The court blocked {A} from acquiring [Beihe Optics|company]."),
    ("ended", f"{A} was formerly a supplier to the {B}."),
    ("ended", f"{A} is a former supplier to the {B}."),
    ("ended", f"{A}, a former supplier to the {B}, was sold."),
    ("ended", f"{A} no longer has a partnership with the {B}."),
    ("ended", f"{A} has severed its links to the {B}."),
    ("ended", f"The partnership between {A} and the {B} ended in 2016."),
    ("ended", f"The contract between {A} and the {B} was cancelled."),
    ("ended", f"The {B} terminated its contract with {A}."),
    ("ended", f"{A} pulled out of its contract with the {B}."),
    ("ended", f"{A} has discontinued its cooperation with the {B}."),
    ("ended", f"{A} suspended deliveries to the {B}."),
    ("ended", f"{A} once owned [Beihe Optics|company]."),
    ("ended", f"{A} previously owned [Beihe Optics|company]."),
    ("ended", f"{A} sold [Beihe Optics|company] in 2019."),
    ("ended", f"{A} had been a supplier to the {B} until 2015."),
    ("ended", f"{A} owned [Beihe Optics|company] from 2001 to 2009."),
    ("ended", f"{A}'s contract with the {B} expired in 2018."),
    ("ended", f"{A} quit supplying the {B}."),
    ("ended", f"{U} has wound down its research collaboration with the {B}."),
    ("ended", f"{U}'s cooperation with the {B} came to an end in 2017."),
    ("ended", f"{U} cut its ties with the {B}."),
    ("ended", f"The joint laboratory of {U} and {A} has been closed."),
    ("ended", f"{U} and {A} have dissolved their partnership."),
    ("ended", f"The now-defunct partnership between {U} and {A} produced lasers."),
    ("ended", f"{A} used to be a supplier to the {B}."),
    ("planned", f"{A} may supply lenses to the {B}."),
    ("planned", f"{A} is considering a partnership with the {B}."),
    ("planned", f"{A} has been chosen to supply lenses to the {B}."),
    ("planned", f"{A} is set to acquire [Beihe Optics|company]."),
    ("planned", f"A partnership between {A} and the {B} is planned."),
    ("planned", f"{A} is in talks with the {B} to supply lenses to the {B}."),
    ("planned", f"{A} has offered to supply lenses to the {B}."),
    ("planned", f"{A} could supply lenses to the {B}."),
    ("reported", f"{A} is said to supply lenses to the {B}."),
    ("reported", f"{A} is believed to supply lenses to the {B}."),
    ("reported", f"A report by the Selim Daily says that {A} supplies lenses to the {B}."),
    ("reported", f"Citing officials, the paper said {A} supplied lenses to the {B}."),
    ("reported", f"{A} has supplied lenses to the {B}, two officials said."),
    ("alleged", f"{A} is accused of supplying lenses to the {B}."),
    ("alleged", f"{A} was charged with supplying lenses to the {B}."),
    ("alleged", f"The indictment says that {A} supplied lenses to the {B}."),
    ("alleged", f"The complaint alleges that {A} sold lenses to the {B}."),
    ("alleged", f"{A} is suspected of having sold lenses to the {B}."),
    ("asserted", f"{A} did not only supply lenses to the {B}; it trained its staff."),
    ("asserted", f"{A} still supplies lenses to the {B}."),
    ("asserted", f"{A} continues to supply lenses to the {B}."),
    ("asserted", f"{A} said it had supplied lenses to the {B}."),
    ("asserted", f"{A} has not stopped supplying lenses to the {B}."),
    ("denied", f"{C}向{D}供应镜头的说法不属实。"),
    ("ended", f"Until 2015, {A} supplied lenses to the {B}."),
    ("ended", f"From 2010 to 2015, {A} supplied lenses to the {B}."),
    ("ended", f"2015年以前，{C}向{D}供应镜头。"),
    ("denied", f"{C}否认向{D}供应镜头。"),
    ("denied", f"{C}从未向{D}供应镜头。"),
    ("denied", f"{C}没有向{D}供应镜头。"),
    ("denied", f"{C}并未与{D}签署合作协议。"),
    ("planned", f"{A} will supply lenses to the {B}."),
    ("planned", f"{A} plans to supply lenses to the {B}."),
    ("planned", f"{A} intends to sell lenses to the {B}."),
    ("planned", f"{A} is to supply lenses to the {B}."),
    ("planned", f"{A} hopes to supply lenses to the {B}."),
    ("planned", f"{A} would supply lenses to the {B}."),
    ("planned", f"{A} seeks to collaborate with the {B}."),
    ("planned", f"{A} is expected to supply lenses to the {B}."),
    ("planned", f"{A} has agreed to supply lenses to the {B}."),
    ("planned", f"{A} announced a planned partnership with the {B}."),
    ("planned", f"{C}计划向{D}供应镜头。"),
    ("planned", f"{C}将向{D}供应镜头。"),
    ("planned", f"{C}拟与{D}联合研制雷达。"),
    ("ended", f"{A} supplied lenses to the {B} until 2015."),
    ("ended", f"{A} no longer supplies lenses to the {B}."),
    ("ended", f"{A} ended its partnership with the {B}."),
    ("ended", f"{A} has broken off its collaboration with the {B}."),
    ("ended", f"{A} stopped supplying lenses to the {B}."),
    ("ended", f"{A} ceased to supply lenses to the {B}."),
    ("ended", f"{A} formerly supplied lenses to the {B}."),
    ("ended", f"{A} used to supply lenses to the {B}."),
    ("ended", f"{A} terminated its contract with the {B}."),
    ("ended", f"{C}不再向{D}供应镜头。"),
    ("ended", f"{C}曾向{D}供应镜头。"),
    ("reported", f"{A} reportedly supplied lenses to the {B}."),
    ("reported", f"{A} has reportedly collaborated with the {B}."),
    ("reported", f"According to the Selim Daily, {A} supplied lenses to the {B}."),
    ("reported", f"{A} supplied lenses to the {B}, according to the Selim Daily."),
    ("reported", f"The Selim Daily reported that {A} supplied lenses to the {B}."),
    ("reported", f"{A} sold lenses to the {B}, the Selim Daily found."),
    ("reported", f"Researchers say that {A} supplied lenses to the {B}."),
    ("reported", f"据报道，{C}向{D}供应镜头。"),
    ("reported", f"据悉，{C}向{D}供应镜头。"),
    ("alleged", f"{A} allegedly supplied lenses to the {B}."),
    ("alleged", f"Prosecutors allege that {A} supplied lenses to the {B}."),
    ("alleged", f"According to the indictment, {A} supplied lenses to the {B}."),
    ("asserted", f"{A} supplied lenses to the {B}."),
    ("asserted", f"{A} has long supplied lenses to the {B}."),
    ("asserted", f"{A}, which denies it, has supplied lenses to the {B}."),
    ("asserted", f"{C}向{D}供应镜头。"),
]


@pytest.mark.parametrize(
    ("status", "text"), CASES, ids=[f"{status}-{n}" for n, (status, _) in enumerate(CASES)]
)
def test_status_is_that_of_the_clause(status: str, text: str) -> None:
    found = {tie[3] for tie in reading.ties(reading.read(text)) if tie[1] != "located_in"}
    assert found == {status}


def test_negation_of_one_clause_leaves_the_other_alone() -> None:
    text = f"{A} owns [Beihe Optics|company] but does not supply the {B}."
    found = {(tie[1], tie[3]) for tie in reading.ties(reading.read(text))}
    assert ("owns", "asserted") in found
    assert ("supplies", "asserted") not in found


def test_description_is_untouched_by_the_denial_above_it() -> None:
    text = f"{A}, based in [Selimia|place], denied that it supplied lenses to the {B}."
    assert reading.ties(reading.read(text)) == {
        ("Lantian Holdings", "located_in", "Selimia", "asserted"),
        ("Lantian Holdings", "supplies", "Northern Fleet", "denied"),
    }


def test_indictment_covers_the_rest_of_its_paragraph() -> None:
    text = (
        f"According to the indictment, {A} sued [Selim Ports|company]. "
        f"In 2017, {A} and [Selim Ports|company] signed another agreement.\n\n"
        f"{A} owns [Beihe Optics|company]."
    )
    found = {(tie[1], tie[3]) for tie in reading.ties(reading.read(text))}
    assert found == {("sued", "alleged"), ("signed_agreement", "alleged"), ("owns", "asserted")}


def test_ending_in_another_sentence_is_cited() -> None:
    text = (
        f"{A} and [Yunmen University|university] announced a five-year collaboration in 2018. "
        f"[Yunmen University|university] has broken off its collaboration with {A}."
    )
    extraction = reading.read(text)
    assert {claim.status for claim in extraction.claims if claim.object} == {"ended"}
    first = next(c for c in extraction.claims if c.object and "announced" in c.evidence[0].quote)
    assert len(first.evidence) == 2


def test_ending_leaves_alone_what_another_sentence_says_of_now() -> None:
    text = f"{A} supplied lenses to the {B} until 2015. {A} supplies mirrors to the {B}."
    assert {tie[3] for tie in reading.ties(reading.read(text))} == {"ended", "asserted"}


def test_grounds_of_a_listing_are_the_authoritys() -> None:
    text = (
        "The [Trade Office|government_body] added [Beihe Optics|company] to the "
        f"[Control List|programme]. This company supplies lenses to the {B}."
    )
    extraction = reading.read(text)
    claim = next(c for c in extraction.claims if c.predicate == "supplies")
    assert (claim.status, claim.attribution) == ("reported", ("Trade Office",))
