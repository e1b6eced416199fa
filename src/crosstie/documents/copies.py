"""Which articles print the same text: MinHash signatures, and the stories that they make.

Two articles are copies where at least `COPIED` of their shingles are the same, and their facts too:
a press release that a template made twice shares its words, and differs in names and numbers.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import numpy as np

from crosstie.documents.wording import Wording, running_text, wording_of
from crosstie.ontology.ids import ArticleId
from crosstie.ontology.records import Article, Document
from crosstie.ontology.stories import TextSignature
from crosstie.text.scripts import has_han

METHOD = "minhash-256-1"
"""How signatures are made. A change of tokens, shingles or digests needs another name."""

COPIED = 0.4
"""From which share of common shingles on (Jaccard, estimated) a text may be a copy.

A copy that keeps half of a story has 0.5. On the labelled texts of `tests/stages/documents/copies`
edited copies have 0.51 to 0.73, another account of the same event 0.02, a translation 0.
"""

CONFLICTS, CONFLICT_SHARE = 2, 0.1
"""How many names or numbers must differ in the same surroundings, and what share of those that both
texts hold, for the two to tell different things. One may be a misprint that was corrected."""

_PERMUTATIONS, _SEED = 256, 20_260
_SCHEME: Literal["affine32"] = "affine32"
_WORDS, _CHARACTERS = 3, 5
_AROUND = 3
# Fewer may be alike by chance: a caption, a line of contents.
_FEWEST_SHINGLES = 25
# Candidates may be missed with little chance at COPIED, and more are looked at than are copies.
_MISS_LITTLE = (0.1, 0.9)


def signature_of(document: Document, article: Article) -> TextSignature:
    """Return what stands for the article's running text; the same on every machine."""
    # It takes a tenth of a second to import, which only the adding of documents should pay.
    from datasketch import MinHash

    wording = wording_of(running_text(document.text, article))
    shingles = _shingles(wording.tokens)
    made = MinHash(_PERMUTATIONS, seed=_SEED, scheme=_SCHEME)
    if shingles:
        made.update_batch(shingles)
    return TextSignature(
        article_id=article.id,
        document_id=document.id,
        method=METHOD,
        values=made.hashvalues.astype("<u4").tobytes(),
        shingles=len(shingles),
        sites=_sites(wording),
    )


def likeness(one: TextSignature, other: TextSignature) -> float:
    """Return the estimated share of shingles that two texts have in common, in [0, 1]."""
    ours, theirs = _values(one), _values(other)
    return float(np.mean(ours == theirs))


def facts_differ(one: TextSignature, other: TextSignature) -> bool:
    """Return whether names or numbers differ where the two texts are otherwise worded alike.

    A fuller form is no difference: "President Ada Gray" stands for "Ada Gray".
    """
    common = one.sites.keys() & other.sites.keys()
    differ = sum(1 for key in common if not _compatible(one.sites[key], other.sites[key]))
    return differ >= CONFLICTS and differ >= CONFLICT_SHARE * len(common)


def copies(signatures: Sequence[TextSignature]) -> Iterator[tuple[ArticleId, ArticleId]]:
    """Yield the pairs that print the same text, the smaller id first."""
    from datasketch import MinHash, MinHashLSH

    usable = [s for s in signatures if s.method == METHOD and s.shingles >= _FEWEST_SHINGLES]
    by_id = {s.article_id: s for s in sorted(usable, key=lambda s: s.article_id)}
    index = MinHashLSH(threshold=COPIED, num_perm=_PERMUTATIONS, weights=_MISS_LITTLE)
    for key, signature in by_id.items():
        sketch = MinHash(_PERMUTATIONS, seed=_SEED, hashvalues=_values(signature), scheme=_SCHEME)
        for earlier in sorted(index.query(sketch)):
            other = by_id[earlier]
            if likeness(signature, other) >= COPIED and not facts_differ(signature, other):
                yield ArticleId(earlier), key
        index.insert(key, sketch)


def groups(signatures: Sequence[TextSignature]) -> list[tuple[ArticleId, ...]]:
    """Return the articles of each text that was printed more than once, by id.

    What is a copy of a copy is of the same story, so that the order of adding changes nothing.
    """
    parent: dict[ArticleId, ArticleId] = {}

    def root(key: ArticleId) -> ArticleId:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in copies(signatures):
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    found: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for key in sorted(parent):
        found[root(key)].append(key)
    return [tuple(members) for _, members in sorted(found.items())]


def _values(signature: TextSignature) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.frombuffer(signature.values, "<u4")


def _shingles(tokens: Sequence[str]) -> list[bytes]:
    """Return the distinct runs of tokens; Chinese needs more characters than others words."""
    length = _CHARACTERS if 2 * sum(map(has_han, tokens)) > len(tokens) else _WORDS
    return sorted({" ".join(run).encode() for run in _runs(tokens, length)})


def _runs(tokens: Sequence[str], length: int) -> Iterable[Sequence[str]]:
    return (tokens[place : place + length] for place in range(len(tokens) - length + 1))


def _sites(wording: Wording) -> dict[str, tuple[str, ...]]:
    """Return what each surrounding holds; one that holds several things tells nothing."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for site in wording.sites:
        words = tuple(sorted({_digest(word) for word in site.words}))
        for key in _surroundings(wording.masked, site.place):
            found[key].add(words)
    return {key: values.pop() for key, values in sorted(found.items()) if len(values) == 1}


def _surroundings(masked: Sequence[str], place: int) -> Iterator[str]:
    """Yield what stands before a site and what stands after it, where that is words."""
    mark = masked[place]
    before = masked[max(0, place - _AROUND) : place]
    after = masked[place + 1 : place + 1 + _AROUND]
    for side, run in (("<", before), (">", after)):
        if len(run) == _AROUND and sum(1 for word in run if word not in "#@") >= _AROUND - 1:
            yield _digest(f"{side}{mark} {' '.join(run)}")


def _compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    return set(one) <= set(other) or set(other) <= set(one)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
