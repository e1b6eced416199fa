"""What Splink proposes passes the same prohibitions and judgements as everything else."""

import importlib.util

import pytest

from crosstie.ontology.errors import ExtraMissing
from crosstie.ontology.records import Document, Judgement, Mention, Name
from crosstie.resolution import require_splink, settle, verdicts_in_force
from crosstie.resolution.registers import allowed


def settled(*rows, judgements=()):
    mentions, origins = [], {}
    for name, country in rows:
        document = Document.of(origin="list", name="r", text=f"{name} {country}", language="en")
        origins[document.id] = "list"
        mentions.append(
            Mention.of(document, 0, len(name), kind="company", country=country,
                       names=[Name(name, "en")])
        )  # fmt: skip
    judged = [Judgement("j", *(mentions[i].id for i in ends), verdict="different", by="A",
                        at="2026", because="") for ends in judgements]  # fmt: skip
    found = settle(mentions, verdicts_in_force(judged), origins=origins)
    place = {atom.first.id: atom.index for atom in found.atoms}
    return found, [place[mention.id] for mention in mentions]


def test_a_pair_that_nothing_forbids_is_proposed_with_its_reason():
    found, (a, b) = settled(("Hexi Optic Works", "CN"), ("Hexi Optics Works", "CN"))
    (made,) = allowed(found, [(a, b, 0.997)], by="Splink 5")
    assert "0.997" in made.because
    assert "Hexi Optic Works" in made.because


def test_no_pair_crosses_countries_numbers_or_a_persons_difference():
    found, (a, b) = settled(("Hexi Optic Works", "CN"), ("Hexi Optics Works", "IT"))
    assert not list(allowed(found, [(a, b, 0.999)], by="s"))
    found, (a, b) = settled(("Hexi 28th Institute", "CN"), ("Hexi 29th Institute", "CN"))
    assert not list(allowed(found, [(a, b, 0.999)], by="s"))
    rows = [("Hexi Optic Works", "CN"), ("Hexi Optics Works", "CN"), ("Hexi Optical Works", "CN")]
    found, (a, b, c) = settled(*rows, judgements=[(0, 2)])
    proposed = list(allowed(found, [(a, b, 0.999), (b, c, 0.998)], by="s"))
    assert len(proposed) == 1


def test_pairs_that_are_one_already_are_not_proposed_again():
    found, (a, b) = settled(("Hexi Optics Works", "CN"), ("Hexi Optics Works", "CN"))
    assert not list(allowed(found, [(a, b, 0.999)], by="s"))


def test_without_splink_the_remedy_is_told_at_once(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing, match=r"crosstie\[splink\]"):
        require_splink()
