"""Words of forecasts: what is counted each day, and what measures use up. The values are the engine's names."""

from tienphuong.core.choices import LabelledChoice


class Series(LabelledChoice):
    """A daily figure of a run: a flow counts who came that day, a stock (`STOCKS`) how many there are when the day ends."""

    INFECTIONS = "infections", "người mới nhiễm (kể cả chưa biết)", "new infections (known or not)"
    ONSETS = "onsets", "người mới khởi phát", "new onsets"
    CONFIRMED = "confirmed", "ca mới xác định (F0)", "new confirmed cases (F0)"
    DEATHS = "deaths", "tử vong mới", "new deaths"
    IMPORTED = "imported", "ca nhiễm từ nơi khác đến", "imported infections"
    F1_NEW = "f1_new", "F1 mới", "new F1"
    DOSES = "doses", "mũi vắc xin", "vaccine doses"
    INFECTIOUS = "infectious", "người đang lây", "people infectious"
    SEVERE = "severe", "người bệnh nặng", "people severely ill"
    CRITICAL = "critical", "người bệnh nguy kịch", "people critically ill"
    ISOLATED_FACILITY = "isolated_facility", "F0 đang ở cơ sở thu dung, điều trị", "F0 in isolation facilities"
    ISOLATED_HOME = "isolated_home", "F0 đang ở nhà", "F0 at home"
    F1_CENTRE = "f1_centre", "F1 đang cách ly tập trung", "F1 in quarantine centres"
    F1_HOME = "f1_home", "F1 đang cách ly tại nhà", "F1 in home quarantine"
    F2_HOME = "f2_home", "F2 đang cách ly tại nhà", "F2 in home quarantine"
    CORDONED_PEOPLE = "cordoned_people", "người trong khu vực phong tỏa", "people inside cordons"


class Need(LabelledChoice):
    """Something measures use up or could not have, counted each day."""

    TESTS = "tests", "xét nghiệm", "tests"
    PEOPLE_SAMPLED = "people_sampled", "người được lấy mẫu", "people sampled"
    BED_DAYS = "bed_days", "ngày-giường thu dung, điều trị", "isolation bed-days"
    CENTRE_DAYS = "centre_days", "ngày-chỗ cách ly tập trung", "quarantine place-days"
    TRACER_HOURS = "tracer_hours", "giờ công truy vết", "tracer-hours"
    TEAM_SHIFTS = "team_shifts", "ca trực của các tổ", "team-shifts"
    PPE = "ppe", "bộ phòng hộ", "sets of protective equipment"
    MEALS = "meals", "suất ăn", "meals"
    DOSES = "doses", "liều vắc xin", "vaccine doses"
    WAITING_FOR_TEST = "waiting_for_test", "lượt chờ xét nghiệm sang hôm sau", "waits for a test until the next day"
    WAITING_FOR_TRACING = "waiting_for_tracing", "lượt chờ truy vết sang hôm sau", "waits for tracing until the next day"
    NO_BED = "no_bed", "lượt F0 không còn giường", "F0 for whom there was no bed"
    NO_PLACE = "no_place", "lượt F1 không còn chỗ tập trung", "F1 for whom there was no place"


class MeasureKind(LabelledChoice):
    """A kind of measure; the value is what a study writes."""

    TESTING = "testing", "xét nghiệm người có triệu chứng", "testing of people with symptoms"
    CAMPAIGN = "campaign", "xét nghiệm diện rộng", "mass sampling"
    ISOLATION = "isolation", "cách ly, điều trị F0", "isolation of cases (F0)"
    TRACING = "tracing", "truy vết", "contact tracing"
    QUARANTINE = "quarantine", "cách ly F1", "quarantine of F1"
    CORDONS = "cordons", "phong tỏa", "cordons"
    STAY_HOME = "stay_home", "giãn cách, ở nhà", "stay-home order"
    CLOSURES = "closures", "đóng trường, đóng nơi làm việc", "closures"
    CHECKPOINTS = "checkpoints", "chốt kiểm soát", "checkpoints"
    VACCINATION = "vaccination", "tiêm vắc xin", "vaccination"


class Layer(LabelledChoice):
    """Where people meet, as the engine's town has it; the value is what a study writes."""

    HOUSEHOLD = "household", "gia đình", "household"
    SCHOOL = "school", "lớp học", "school class"
    WORK = "work", "nơi làm việc", "workplace"
    HAMLET = "hamlet", "thôn, tổ dân phố", "hamlet"
    COMMUNITY = "community", "cộng đồng", "community"


class Pathogen(LabelledChoice):
    """A disease as the engine simulates it; the value is what a study writes."""

    COVID_2020 = "covid-19-2020", "COVID-19 như năm 2020", "COVID-19 as in 2020"
    COVID_DELTA = "covid-19-delta", "COVID-19, biến thể Delta", "COVID-19, Delta variant"
    MEASLES = "measles", "sởi", "measles"
    INFLUENZA = "influenza", "cúm", "influenza"
    MPOX = "mpox", "đậu mùa khỉ", "mpox"


class ForecastState(LabelledChoice):
    """Where a forecast stands."""

    WAITING = "waiting", "đang chờ máy", "waiting for the machine"
    RUNNING = "running", "đang chạy", "running"
    STOPPING = "stopping", "đang dừng", "being stopped"
    DONE = "done", "đã xong", "done"
    STOPPED = "stopped", "đã dừng", "stopped"
    FAILED = "failed", "không chạy được", "could not be run"


class Step(LabelledChoice):
    """What the machine is at while a forecast runs."""

    FITTING = "fitting", "khớp lây truyền với số đã đếm", "matching transmission to what was counted"
    COMPARING = "comparing", "chạy các phương án", "running the plans"
    DRAWING = "drawing", "vẽ hình, viết báo cáo", "drawing pictures, writing the report"


FLOWS = (Series.INFECTIONS, Series.ONSETS, Series.CONFIRMED, Series.DEATHS, Series.IMPORTED, Series.F1_NEW, Series.DOSES)
# Who has no place in a centre stays at home: the need for places is both together.
NEEDED_PLACES = {
    Series.F1_CENTRE: (Series.F1_CENTRE, Series.F1_HOME),
    Series.ISOLATED_FACILITY: (Series.ISOLATED_FACILITY, Series.ISOLATED_HOME),
}
