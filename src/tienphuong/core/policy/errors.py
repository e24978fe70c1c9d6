"""What goes wrong with a policy pack: a bad file, an unknown pack, an unknown disease."""


class PolicyError(Exception):
    """A pack cannot be used as asked; says where, what and what to do."""

    def __init__(self, reason: str, *, where: str = "", remedy: str = "") -> None:
        self.reason = reason
        self.where = where
        self.remedy = remedy
        super().__init__(": ".join(part for part in (where, reason) if part) + (f" {remedy}" if remedy else ""))
