from .cases import Case, CaseAlias, CaseState
from .clusters import Cluster, ClusterMembership
from .laboratory import LabResult, Sample, SampleState
from .records import AttributionRecord, ClassificationRecord, InvestigationRecord, OutcomeRecord

__all__ = [
    "AttributionRecord",
    "Case",
    "CaseAlias",
    "CaseState",
    "ClassificationRecord",
    "Cluster",
    "ClusterMembership",
    "InvestigationRecord",
    "LabResult",
    "OutcomeRecord",
    "Sample",
    "SampleState",
]
