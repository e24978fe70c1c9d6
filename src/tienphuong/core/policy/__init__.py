"""Dated rule packs: what the law of the day says, each value with the document that says so."""

from tienphuong.core.policy.disease import DiseasePolicy, Window
from tienphuong.core.policy.errors import PolicyError
from tienphuong.core.policy.pack import Pack
from tienphuong.core.policy.shelf import all_packs, pack, pack_at

__all__ = ["DiseasePolicy", "Pack", "PolicyError", "Window", "all_packs", "pack", "pack_at"]
