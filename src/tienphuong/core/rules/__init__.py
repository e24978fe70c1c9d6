"""Pure decisions every package shares: facts and policy in, value or Refusal out."""

from tienphuong.core.refusal import Refusal

__all__ = ["Refusal"]
