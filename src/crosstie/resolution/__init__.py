"""Who is who, and what is tied: mentions and judgements to entities, claims to ties.

`resolve` runs the steps block → score → cluster → merge; `tie_claims` groups claims by entity.
Both are pure: records in, records out, the same whatever the order.
"""

from crosstie.resolution.result import Resolution, UncertainPair
from crosstie.resolution.tying import STATUSES, tie_claims
from crosstie.resolution.who_is_who import resolve

__all__ = ["STATUSES", "Resolution", "UncertainPair", "resolve", "tie_claims"]
