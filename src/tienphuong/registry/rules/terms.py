"""Words of the registry's readings; every flag carries its explanation and remedy in Vietnamese."""

from enum import StrEnum

from tienphuong.core.text.terms import Flag


class NameForm(StrEnum):
    """How a name is built, which decides whether it may be split."""

    VIETNAMESE = "vietnamese"
    SINGLE_FIELD = "single_field"
    BABY = "baby"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        return {"vietnamese": "họ – đệm – tên", "single_field": "giữ nguyên một ô", "baby": "trẻ chưa có tên", "empty": "không tên"}[
            self.value
        ]


class IdentityKind(StrEnum):
    """Which paper a number belongs to."""

    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"
    BHYT = "bhyt"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _IDENTITY_LABELS[self]


_IDENTITY_LABELS = {
    IdentityKind.CCCD: "số định danh / căn cước",
    IdentityKind.CMND: "chứng minh nhân dân 9 số",
    IdentityKind.PASSPORT: "hộ chiếu",
    IdentityKind.BHYT: "thẻ bảo hiểm y tế",
    IdentityKind.OTHER: "giấy tờ khác",
}


class PhoneKind(StrEnum):
    """What sort of line a number is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"mobile": "di động", "landline": "cố định", "foreign": "nước ngoài", "unknown": "chưa rõ"}[self.value]


class BirthPrecision(StrEnum):
    """How much of a birth date is known."""

    NONE = "none"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AGE_DERIVED = "age_derived"

    @property
    def label(self) -> str:
        return {"none": "không rõ", "day": "ngày", "month": "tháng", "year": "năm", "age_derived": "tính từ tuổi"}[self.value]


class Sex(StrEnum):
    """Sex as lists record it."""

    MALE = "male"
    FEMALE = "female"

    @property
    def label(self) -> str:
        return {"male": "Nam", "female": "Nữ"}[self.value]


class NameFlag(Flag):
    """Remarks on a person's name."""

    HONORIFIC_REMOVED = ("honorific_removed", "Đã bỏ từ xưng hô trước tên.", "Không cần làm gì.")
    ABBREVIATED = ("name_abbreviated", "Tên viết tắt.", "Bổ sung họ tên đầy đủ.")
    BABY_OF = ("baby_of", "Trẻ chưa có tên, ghi theo tên mẹ hoặc cha.", "Bổ sung tên khi có giấy khai sinh.")
    TYPING_RESIDUE = ("typing_residue", "Tên còn phím gõ Telex hoặc VNI chưa thành dấu.", "Gõ lại tên có dấu.")
    NOT_SPLIT = ("name_not_split", "Tên người nước ngoài hoặc dân tộc, giữ nguyên một ô.", "Không cần làm gì.")
    DAMAGED = ("name_damaged", "Tên đã mất chữ có dấu khi lưu tệp; không dùng để so với tên khác.", "Xin lại tệp .xlsx hoặc CSV mã UTF-8.")
    HAS_DIGITS = ("name_has_digits", "Tên có chữ số.", "Kiểm tra lại tên.")


class IdentityFlag(Flag):
    """Remarks on an identity number."""

    ZERO_RESTORED = ("zero_restored", "Excel đã bỏ số 0 ở đầu; đã thêm lại.", "So với giấy tờ gốc.")
    IDENTITY_OR_PHONE = (
        "identity_or_phone",
        "Mười chữ số: có thể là số định danh mất hai số 0, có thể là số điện thoại.",
        "Xem lại cột hoặc hỏi người gửi.",
    )
    LOOKS_LIKE_PHONE = ("looks_like_phone", "Giống số điện thoại hơn số giấy tờ.", "Chuyển sang cột điện thoại nếu đúng.")
    DIGITS_LOST = (
        "identity_digits_lost",
        "Excel đã viết số dạng 1.09E+11, các chữ số cuối đã mất.",
        "Định dạng cột là Văn bản (Text) rồi nhập lại từ bản gốc.",
    )
    NONE_DECLARED = ("identity_none_declared", "Người gửi ghi là không có giấy tờ.", "Dùng mã tạm, bổ sung sau.")
    NO_NUMBER = ("identity_no_number", "Dãy số gõ cho đủ ô, không phải số giấy tờ.", "Bổ sung số thật nếu biết.")
    EMPTY = ("identity_empty", "Không có số giấy tờ.", "Dùng mã tạm, bổ sung sau.")
    UNKNOWN_SHAPE = ("identity_unknown_shape", "Số không giống giấy tờ nào đã biết.", "Kiểm tra lại số chữ số.")
    UNKNOWN_PROVINCE = ("unknown_province_code", "Ba số đầu không phải mã tỉnh nơi khai sinh.", "Kiểm tra lại ba số đầu.")
    SEX_DISAGREES = ("sex_disagrees", "Giới tính không khớp với số định danh.", "Kiểm tra giới tính và số định danh.")
    YEAR_DISAGREES = ("year_disagrees", "Năm sinh không khớp với số định danh.", "Kiểm tra năm sinh và số định danh.")
    BORN_IN_FUTURE = ("born_in_future", "Theo số định danh người này chưa ra đời: số sai.", "Kiểm tra chữ số thứ tư (giới tính và thế kỷ).")


class PhoneFlag(Flag):
    """Remarks on a telephone number."""

    CONVERTED_2018 = ("phone_converted_2018", "Số 11 chữ số cũ, đã đổi sang đầu số 2018.", "Gọi thử nếu cần.")
    NO_NUMBER = ("phone_no_number", "Dãy số gõ cho đủ ô, không phải số điện thoại.", "Bổ sung số thật nếu biết.")
    ZERO_RESTORED = ("phone_zero_restored", "Excel đã bỏ số 0 ở đầu; đã thêm lại.", "Gọi thử nếu cần.")
    DIGITS_LOST = ("phone_digits_lost", "Excel đã viết số dạng 9.12E+08, các chữ số cuối đã mất.", "Nhập lại số dạng Văn bản (Text).")
    UNKNOWN_SHAPE = ("phone_unknown_shape", "Không phải số điện thoại Việt Nam đã biết.", "Kiểm tra lại số chữ số.")
    SEVERAL_IN_CELL = ("phones_in_one_cell", "Ô có nhiều số điện thoại, đã tách.", "Ghi rõ số nào của ai.")


class BirthFlag(Flag):
    """Remarks on a birth date or an age."""

    EMPTY = ("birth_empty", "Không có ngày sinh hoặc tuổi.", "Bổ sung năm sinh.")
    UNREADABLE = ("birth_unreadable", "Không đọc được ngày sinh.", "Ghi lại theo dạng ngày/tháng/năm hoặc chỉ năm.")
    FIRST_OF_JANUARY = ("first_of_january", "Ngày 01/01 thường là do chỉ biết năm sinh.", "Không dựa vào ngày này để ghép người.")
    AGE_UNREADABLE = (
        "age_unreadable",
        "Không hiểu chắc tuổi trong ô nên chưa ghi năm sinh.",
        "Ghi một số tuổi, kèm tháng hoặc ngày cho trẻ nhỏ.",
    )
    AGE_OR_YEAR = ("age_or_year", "Không rõ là tuổi hay hai số cuối của năm sinh.", "Ghi đủ bốn số của năm sinh.")
    TWO_DIGIT_YEAR = ("birth_two_digit_year", "Năm sinh ghi hai chữ số.", "Kiểm tra thế kỷ.")
    COUNTED_FROM_CONCEPTION = ("tuoi_mu", "Tuổi mụ: đã trừ một tuổi.", "Ghi năm sinh nếu biết.")
    AGE_DISAGREES = ("age_disagrees", "Tuổi ghi kèm không khớp với năm sinh.", "Kiểm tra lại năm sinh.")
    FROM_AGE = ("birth_from_age", "Năm sinh tính từ tuổi, có thể lệch một năm.", "Ghi năm sinh nếu biết.")
    IN_FUTURE = ("birth_in_future", "Ngày sinh ở sau ngày báo cáo.", "Kiểm tra lại năm sinh.")
    TOO_OLD = ("birth_too_old", "Tuổi trên 120.", "Kiểm tra lại năm sinh.")
    AMBIGUOUS = ("birth_ambiguous", "Không rõ ngày hay tháng đứng trước.", "Chọn thứ tự ngày/tháng cho cả cột.")
    EXCHANGED = ("birth_exchanged", "Ngày và tháng viết ngược; chỉ có một cách đọc.", "Xác nhận cách đọc này.")
    EXCEL_SERIAL = ("birth_excel_serial", "Ô là số thứ tự ngày của Excel, đã đổi thành ngày.", "Kiểm tra lại ngày sinh.")
    DAY_IMPOSSIBLE = ("birth_day_impossible", "Ngày sinh không có trong lịch; chỉ giữ năm.", "Kiểm tra ngày và tháng sinh.")


class SexFlag(Flag):
    """Remarks on a cell of sex."""

    EMPTY = ("sex_empty", "Không ghi giới tính.", "Bổ sung Nam hoặc Nữ.")
    CODED = ("sex_coded", "Giới tính ghi bằng số: hiểu 1 là nam, 2 là nữ.", "Xác nhận quy ước của tệp.")
    UNREADABLE = ("sex_unreadable", "Không đọc được giới tính.", "Ghi Nam hoặc Nữ.")
