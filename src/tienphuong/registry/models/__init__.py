from .areas import Area, AreaMembership, AreaParent, AreaSuccession
from .contradictions import Contradiction
from .corrections import CorrectionRequest
from .matches import MatchProposal, Merge
from .organisations import Organisation
from .people import Address, Household, Identifier, Person, Phone

__all__ = [
    "Address",
    "Area",
    "AreaMembership",
    "AreaParent",
    "AreaSuccession",
    "Contradiction",
    "CorrectionRequest",
    "Household",
    "Identifier",
    "MatchProposal",
    "Merge",
    "Organisation",
    "Person",
    "Phone",
]
