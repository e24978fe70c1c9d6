"""Words of reports: how grave a doubt is, the officer's sections, why a figure changed."""

from tienphuong.core.choices import LabelledChoice


class Severity(LabelledChoice):
    """How grave a doubt about the figures is."""

    ERROR = "error", "sai", "wrong"
    WARNING = "warning", "cần xử lý", "to be settled"
    NOTE = "note", "cần biết", "to be known"


class Section(LabelledChoice):
    """What an officer writes in a day's report, in the order of the paper."""

    DIRECTION = "direction", "Chỉ đạo, điều hành", "Direction"
    CORDONS = "cordons", "Khu vực phong tỏa", "Cordons"
    CHECKPOINTS = "checkpoints", "Chốt kiểm soát, tuần tra, xử lý vi phạm", "Checkpoints, patrols, penalties"
    ENTERPRISES = "enterprises", "Doanh nghiệp, giấy đi đường", "Enterprises, travel permits"
    VACCINATION = "vaccination", "Tiêm chủng", "Vaccination"
    COMMUNICATION = "communication", "Tuyên truyền", "Communication"
    LOGISTICS = "logistics", "Hậu cần, an sinh, nguồn lực", "Logistics, welfare, resources"
    SAFETY = "safety", "An toàn lực lượng tuyến đầu", "Safety of front-line forces"
    ASSESSMENT = "assessment", "Nhận định, đánh giá", "Assessment"
    DIFFICULTIES = "difficulties", "Tồn tại, khó khăn", "Difficulties"
    TASKS = "tasks", "Nhiệm vụ trọng tâm", "Main tasks"
    PROPOSALS = "proposals", "Kiến nghị, đề xuất", "Proposals"


MEASURES = (
    Section.CORDONS,
    Section.CHECKPOINTS,
    Section.ENTERPRISES,
    Section.VACCINATION,
    Section.COMMUNICATION,
    Section.LOGISTICS,
    Section.SAFETY,
)
"""What is standing from day to day and of which the post keeps no records yet."""

CARRIED = (*MEASURES, Section.DIFFICULTIES, Section.PROPOSALS)
"""What yesterday's words are offered for. A judgement of the day and tomorrow's tasks are written anew."""


class Change(LabelledChoice):
    """Why a figure already reported is another one now."""

    ADDED = "added", "bổ sung", "added late"
    ADJUSTED = "adjusted", "điều chỉnh", "adjusted"
