"""Score an extraction against the richer gold of the two seed documents."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from crosstie.text.numbers import scale_of

_LIVE = {"asserted", "presupposed"}
_SAID = {"reported", "alleged", "attributed", "quoted"}
_AHEAD = {"planned", "proposed", "future", "intended", "target", "estimate", "agreed"}
_SYMMETRIC = {"joint_venture", "collaborates_with", "joint_lab", "signed_agreement"}


def norm(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    folded = re.sub(r"[\"“”.,;:()\[\]]", " ", re.sub(r"'s$", "", folded.strip()))
    return re.sub(r"^(?:the|a|an) ", "", " ".join(re.sub(r"[-–—/]", " ", folded).split()))


def names_of(entity: Mapping[str, Any]) -> set[str]:
    return {norm(m["text"]) for m in entity["mentions"]} | {norm(entity["name"])}


def is_named(entity: Mapping[str, Any]) -> bool:
    return any(m.get("level") == "NAM" for m in entity["mentions"])


def linked(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> dict[str, str]:
    """Return predicted entity id → gold entity id, by shared names."""
    owners: dict[str, str] = {}
    for entity in gold["entities"]:
        for name in sorted(names_of(entity)):
            owners.setdefault(name, entity["id"])
    found = {}
    for entity in predicted["entities"]:
        names = [norm(entity["name"]), *(norm(a) for a in entity["aliases"])]
        match = next((owners[n] for n in names if n in owners), None)
        if match:
            found[entity["id"]] = match
    return found


def counts(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> Counter[str]:
    """Return true positives, predictions and gold items for entities, ties and quantities."""
    links = linked(gold, predicted)
    total: Counter[str] = Counter()
    total.update(_entity_counts(gold, predicted, links))
    total.update(_tie_counts(gold, predicted, links))
    total.update(_quantity_counts(gold, predicted))
    return total


def _entity_counts(
    gold: Mapping[str, Any], predicted: Mapping[str, Any], links: Mapping[str, str]
) -> dict[str, int]:
    named = {e["id"] for e in gold["entities"] if is_named(e)}
    hit = set(links.values()) & named
    # Terms and descriptions are no names: finding one is neither right nor wrong here.
    strangers = [
        e for e in predicted["entities"] if e["id"] not in links and e["type"] != "technology"
    ]
    return {"e_tp": len(hit), "e_pred": len(hit) + len(strangers), "e_gold": len(named)}


def _keys(tie: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    subjects = [tie["subject"], *tie.get("subject_accept", [])]
    objects = [tie["object"], *tie.get("object_accept", [])]
    kinds = [tie["type"], *tie.get("accept_types", [])]
    if tie.get("attributes", {}).get("proposed_type"):
        kinds.append(tie["attributes"]["proposed_type"])
    if "member_of" in kinds:
        kinds.append("affiliated_with")
    return {key(s, k, o) for s in subjects for k in kinds for o in objects}


def key(subject: str, kind: str, object: str) -> tuple[str, str, str]:
    first, second = sorted((subject, object)) if kind in _SYMMETRIC else (subject, object)
    return first, kind, second


def _status_fits(tie: Mapping[str, Any], status: str) -> bool:
    said, how = tie["assertion"], set()
    if said.get("polarity") == "denied":
        return status == "denied"
    if tie.get("attributes", {}).get("end"):
        return status == "ended"
    if said.get("modality") in _AHEAD:
        how.add("planned")
    if said["status"] in _LIVE or said["status"] == "attributed":
        how.add("asserted")
    if said["status"] in _SAID:
        how.add("reported")
    return status in how


def _tie_counts(
    gold: Mapping[str, Any], predicted: Mapping[str, Any], links: Mapping[str, str]
) -> dict[str, int]:
    named = {e["id"] for e in gold["entities"] if is_named(e)}
    ties = [t for t in gold["ties"] if t["object"] is not None]
    core = [t for t in ties if t["tier"] == "core" and {t["subject"], t["object"]} <= named]
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for tie in predicted["ties"]:
        ends = [
            links.get(tie["subject"], "?" + tie["subject"]),
            links.get(tie["object"], "?" + tie["object"]),
        ]
        if ends[0] != ends[1]:
            found.setdefault(key(ends[0], tie["type"], ends[1]), []).append(tie)
    known = set().union(*(_keys(t) for t in ties)) if ties else set()
    pairs = {frozenset((t["subject"], t["object"])) for t in ties}
    linked_pairs = {frozenset((k[0], k[2])) for k in found}
    hit = [t for t in core if _keys(t) & set(found)]
    matched = [(t, p) for t in ties for k in _keys(t) & set(found) for p in found[k]]
    return {
        "t_tp": sum(k in known for k in found),
        "t_pred": len(found),
        "t_hit": len(hit),
        "t_gold": len(core),
        "r_tp": sum(frozenset((k[0], k[2])) in pairs for k in found),
        "r_hit": sum(frozenset((t["subject"], t["object"])) in linked_pairs for t in core),
        "s_ok": sum(_status_fits(t, p["status"]) for t, p in matched),
        "s_n": len(matched),
        "v_ok": sum(_covers(p, t["evidence"]) for t, p in matched),
        "v_n": len(matched),
    }  # fmt: skip


def _covers(tie: Mapping[str, Any], wanted: Mapping[str, int]) -> bool:
    """Return whether the gold's quote stands in the claim's evidence, by 85% of it or more."""
    spans = [tie["evidence"], *tie["context"]]
    length = wanted["end"] - wanted["start"]
    shared = max(min(s["end"], wanted["end"]) - max(s["start"], wanted["start"]) for s in spans)
    return shared >= 0.85 * length


def _quantity_counts(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> dict[str, int]:
    wanted = Counter(_gold_values(gold["quantities"]))
    found = Counter(q["value"] * scale_of(q["unit"]) for q in predicted["quantities"])
    return {
        "q_tp": sum((wanted & found).values()),
        "q_pred": sum(found.values()),
        "q_gold": sum(wanted.values()),
    }


def _gold_values(quantities: Iterable[Mapping[str, Any]]) -> list[float]:
    values = []
    for quantity in quantities:
        value = quantity["value"]
        values.append(float(value[0] if isinstance(value, list) else value))
    return values


def ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def figures(total: Mapping[str, int]) -> dict[str, float]:
    """Return the seeds' figures from summed counts."""
    e = (ratio(total["e_tp"], total["e_pred"]), ratio(total["e_tp"], total["e_gold"]))
    t = (ratio(total["t_tp"], total["t_pred"]), ratio(total["t_hit"], total["t_gold"]))
    r = (ratio(total["r_tp"], total["t_pred"]), ratio(total["r_hit"], total["t_gold"]))
    q = (ratio(total["q_tp"], total["q_pred"]), ratio(total["q_tp"], total["q_gold"]))
    return {
        "seeds.entities.precision": e[0], "seeds.entities.recall": e[1],
        "seeds.entities.f1": f1(*e),
        "seeds.ties.precision": t[0], "seeds.ties.recall_core_named": t[1],
        "seeds.ties.relaxed_f1": f1(*r),
        "seeds.status.accuracy": ratio(total["s_ok"], total["s_n"]),
        "seeds.evidence.covered": ratio(total["v_ok"], total["v_n"]),
        "seeds.quantities.precision": q[0], "seeds.quantities.recall": q[1],
        "seeds.quantities.f1": f1(*q),
    }  # fmt: skip
