"""The answer of a rule that says no: why, by which document, and what to do instead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no with its reason; rules return it, services raise it, pages show it under the disabled button."""

    reason: str
    document: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """The sentence an officer reads."""
        basis = f" (căn cứ {self.document})" if self.document else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.reason}{basis}.{remedy}" if not self.reason.endswith(".") else f"{self.reason}{remedy}"
