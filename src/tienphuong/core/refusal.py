"""The answer of a rule that says no: why, by which document, and what to do instead."""

from dataclasses import dataclass

from tienphuong.core.sentences import sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no with its reason; rules return it, services raise it, pages show it under the disabled button."""

    reason: str
    document: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """The sentence an officer reads."""
        if self.reason.endswith("."):
            return f"{self.reason} {self.remedy}".rstrip()
        basis = sentence("{reason} (căn cứ {document})", reason=self.reason, document=self.document) if self.document else self.reason
        return f"{basis}. {self.remedy}".rstrip()
