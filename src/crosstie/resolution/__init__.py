"""Who is who, and what is tied: mentions and judgements to entities, claims to ties.

`resolve` runs the steps block → score → cluster → merge; `tie_claims` groups claims by entity.
Both are pure: records in, records out, the same whatever the order. `settle` and `connected` do the
same for a part: what shares no key with a new mention stays as it is.
"""

from crosstie.resolution.bare import group_of
from crosstie.resolution.block import ORIGIN_RANK, Atom
from crosstie.resolution.merge import Member
from crosstie.resolution.reach import Key, KeyUse, connected, key_uses, names_among
from crosstie.resolution.registers import Proposal, proposals, require_splink
from crosstie.resolution.result import Placement, Resolution, UncertainPair
from crosstie.resolution.tying import (
    STATUSES,
    TieEnds,
    tie_claims,
    tie_ends,
    tie_id,
    tie_owned_claims,
)
from crosstie.resolution.verdicts import Verdicts, verdicts_in_force
from crosstie.resolution.who_is_who import Settled, atoms_among, resolve, settle

__all__ = [
    "ORIGIN_RANK",
    "STATUSES",
    "Atom",
    "Key",
    "KeyUse",
    "Member",
    "Placement",
    "Proposal",
    "Resolution",
    "Settled",
    "TieEnds",
    "UncertainPair",
    "Verdicts",
    "atoms_among",
    "connected",
    "group_of",
    "key_uses",
    "names_among",
    "proposals",
    "require_splink",
    "resolve",
    "settle",
    "tie_claims",
    "tie_ends",
    "tie_id",
    "tie_owned_claims",
    "verdicts_in_force",
]
