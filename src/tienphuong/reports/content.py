"""What a report says, as plain values: taken from the figures once and kept, so that it can be printed again for ever."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tienphuong.core.policy import Pack
from tienphuong.registry.areas.rules import ancestor_paths
from tienphuong.registry.models import Area
from tienphuong.reports.clusters import ClusterLine
from tienphuong.reports.figures import Figures

Content = dict[str, Any]
_TALLIED = ("total", "new", "watched", "completed")


def content_of(found: Figures, *, clusters: Sequence[ClusterLine], policy: Pack) -> Content:
    """Everything a paper prints of these figures, in types that JSON keeps."""
    cutoff, rules = found.cutoff, policy.disease(found.disease)
    return {
        "values": found.values,
        "communes": [asdict(line) for line in found.communes],
        "elsewhere": found.elsewhere,
        "samples": {group: asdict(tally) for group, tally in sorted(found.samples.items())},
        "stays": {form: asdict(tally) for form, tally in sorted(found.stays.items())},
        "grounds": {ground: asdict(tally) for ground, tally in sorted(found.grounds.items())},
        "sites": [{"name": site.name, "places": site.places, **asdict(site.stays)} for site in found.sites],
        "degrees": {str(n): {name: getattr(tally, name) for name in _TALLIED} for n, tally in sorted(found.degrees.items())},
        "clusters": [asdict(cluster) for cluster in clusters],
        "period": {
            "since": cutoff.since.isoformat(),
            "until": cutoff.at.isoformat(),
            "known_at": cutoff.known_at.isoformat(),
            "epoch": cutoff.epoch.isoformat() if cutoff.epoch else None,
        },
        "area": _place(found.area) | {"above": [_place(area) for area in _above(found.area)]},
        "disease": {
            "code": rules.code,
            "name": rules.name,
            "degrees": rules.max_degree.value if rules.contacts_traced.value else 0,
        },
        "words": {key: sourced.value for key, sourced in policy.words.items()},
        "levels": [str(level) for level in policy.government.levels],
    }


def content_hash(parts: Mapping[str, Any]) -> str:
    """SHA-256 over what a report says: two papers with this hash say the same."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _place(area: Area) -> dict[str, str]:
    return {"name": area.name, "kind": area.kind, "level": area.level, "full_name": area.full_name, "path": area.path}


def _above(area: Area) -> list[Area]:
    return list(Area.objects.filter(path__in=ancestor_paths(area.path)).exclude(level="nation").order_by("path"))
