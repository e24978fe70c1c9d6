"""The words of areas: which list a code comes from, what kind of unit it is, how surely a text was read."""

from tienphuong.core.choices import LabelledChoice


class CodeSystem(LabelledChoice):
    """The list that gives a code its meaning: 00664 is Vĩnh Quỳnh in one and Đại Thanh in another."""

    GSO_2019 = "gso-2019", "Danh mục hành chính 2019-2024", "Administrative codes 2019-2024"
    GSO_2025_01 = "gso-2025-01", "Danh mục hành chính từ 1/1/2025", "Administrative codes from 1 January 2025"
    QD19_2025 = "qd19-2025", "Quyết định 19/2025/QĐ-TTg (hai cấp)", "Decision 19/2025/QĐ-TTg (two levels)"
    OPERATIONAL = "operational", "Khu vực tác chiến", "Operational areas"


# A list that only says what changed: a unit it does not name is still the unit of the list before.
CONTINUES = {CodeSystem.GSO_2025_01: CodeSystem.GSO_2019}


class AreaLevel(LabelledChoice):
    """The step of the tree a unit stands on; the district step is absent since 1/7/2025."""

    NATION = "nation", "Cả nước", "Nation"
    PROVINCE = "province", "Cấp tỉnh", "Province level"
    DISTRICT = "district", "Cấp huyện", "District level"
    COMMUNE = "commune", "Cấp xã", "Commune level"
    HAMLET = "hamlet", "Thôn, tổ dân phố", "Hamlet level"
    OPERATIONAL = "operational", "Khu vực tác chiến", "Operational area"


class AreaKind(LabelledChoice):
    """What a unit is called officially; the label is the word that stands before its name."""

    NATION = "nation", "Nước", "Nation"
    PROVINCE = "province", "Tỉnh", "Province"
    MUNICIPALITY = "municipality", "Thành phố", "Centrally-run city"
    URBAN_DISTRICT = "urban_district", "Quận", "Urban district"
    RURAL_DISTRICT = "rural_district", "Huyện", "Rural district"
    DISTRICT_TOWN = "district_town", "Thị xã", "District-level town"
    PROVINCIAL_CITY = "provincial_city", "Thành phố", "City of a province"
    WARD = "ward", "Phường", "Ward"
    COMMUNE = "commune", "Xã", "Commune"
    TOWNSHIP = "township", "Thị trấn", "Township"
    SPECIAL_ZONE = "special_zone", "Đặc khu", "Special zone"
    HAMLET = "hamlet", "Thôn", "Hamlet"
    RESIDENTIAL_GROUP = "residential_group", "Tổ dân phố", "Residential group"
    CORDON = "cordon", "Khu vực phong tỏa", "Cordon"
    TOWER = "tower", "Tòa nhà", "Tower"
    HAMLET_CLUSTER = "hamlet_cluster", "Cụm dân cư", "Cluster of hamlets"
    FORWARD_POST = "forward_post", "Sở Chỉ huy tiền phương", "Forward post"

    @property
    def level(self) -> AreaLevel:
        return _LEVELS.get(self, AreaLevel.OPERATIONAL)


_LEVELS = {
    AreaKind.NATION: AreaLevel.NATION,
    AreaKind.PROVINCE: AreaLevel.PROVINCE,
    AreaKind.MUNICIPALITY: AreaLevel.PROVINCE,
    AreaKind.URBAN_DISTRICT: AreaLevel.DISTRICT,
    AreaKind.RURAL_DISTRICT: AreaLevel.DISTRICT,
    AreaKind.DISTRICT_TOWN: AreaLevel.DISTRICT,
    AreaKind.PROVINCIAL_CITY: AreaLevel.DISTRICT,
    AreaKind.WARD: AreaLevel.COMMUNE,
    AreaKind.COMMUNE: AreaLevel.COMMUNE,
    AreaKind.TOWNSHIP: AreaLevel.COMMUNE,
    AreaKind.SPECIAL_ZONE: AreaLevel.COMMUNE,
    AreaKind.HAMLET: AreaLevel.HAMLET,
    AreaKind.RESIDENTIAL_GROUP: AreaLevel.HAMLET,
}


class Confidence(LabelledChoice):
    """How surely a written place was read."""

    CERTAIN = "certain", "chắc chắn", "certain"
    LIKELY = "likely", "có khả năng", "likely"
    AMBIGUOUS = "ambiguous", "chưa rõ nơi nào", "ambiguous"
    UNKNOWN = "unknown", "không nhận ra", "unknown"


class AreaFlag(LabelledChoice):
    """What is worth telling about the way a place was read."""

    CODE_READ = "code_read", "đọc theo mã đơn vị", "read by its code"
    ZEROS_RESTORED = "zeros_restored", "mã bị mất số 0 ở đầu", "leading zeros of the code restored"
    BARE_NAME = "bare_name", "tên không ghi cấp, hiểu theo vị trí trong địa chỉ", "no unit word: read by its position"
    KIND_DIFFERS = "kind_differs", "ghi khác loại đơn vị (xã, phường, thị trấn)", "written with another unit word"
    SPELLING = "spelling", "chính tả gần giống", "spelling is only close"
    SEVERAL = "several", "nhiều nơi cùng tên", "several places of that name"
    OLD_NAME = "old_name", "tên cũ, đã sắp xếp lại", "a former name, since reorganised"
    LATER_NAME = "later_name", "tên chỉ có sau này", "a name that only came later"
    SPLIT = (
        "split",
        "đơn vị cũ đã chia cho nhiều nơi: xếp theo thôn hoặc địa chỉ",
        "the former unit was divided: place it by hamlet or address",
    )
    COMMUNE_UNKNOWN = "commune_unknown", "không nhận ra xã, phường", "commune not recognised"
    DISTRICT_UNKNOWN = "district_unknown", "không có trong danh mục quận, huyện", "district not on the list"
    HAMLET_UNKNOWN = "hamlet_unknown", "thôn, tổ chưa có trong danh mục", "hamlet not on the list yet"
    CONTRADICTION = "contradiction", "xã và huyện không cùng một nơi", "commune and district do not agree"
    ABROAD = "abroad", "ở nước ngoài", "abroad"
