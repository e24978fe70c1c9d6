"""Common Vietnamese family, middle and given names with rough weights, as anyone in Hanoi would list them."""

from __future__ import annotations

FAMILY = (
    ("Nguyễn", 38),
    ("Trần", 11),
    ("Lê", 9),
    ("Phạm", 7),
    ("Hoàng", 5),
    ("Vũ", 5),
    ("Phan", 3),
    ("Đặng", 3),
    ("Bùi", 3),
    ("Đỗ", 3),
    ("Ngô", 2),
    ("Dương", 2),
    ("Lưu", 2),
    ("Đinh", 1),
    ("Đào", 1),
    ("Trịnh", 1),
    ("Lý", 1),
    ("Mai", 1),
    ("Cao", 1),
    ("Tạ", 1),
)
MIDDLE = {
    "nam": ("Văn", "Văn", "Văn", "Đức", "Hữu", "Minh", "Quang", "Xuân", "Thành", "Đình", "Ngọc", "Trọng", "Công", "Mạnh", "Bá", "Tuấn"),
    "nữ": ("Thị", "Thị", "Thị", "Thị", "Thu", "Ngọc", "Thanh", "Minh", "Phương", "Hồng", "Kim", "Thị Thu", "Bích", "Thuỳ", "Hải", "Mai"),
}
_MEN = (
    "Hùng Dũng Hải Sơn Nam Tuấn Anh Minh Đức Long Thắng Quang Cường Hoà Thành Trung Hiếu Việt Kiên Bình Phúc Khánh Tùng Lâm Toàn Đạt Huy "
    "Khoa Phong Tâm Vinh Thịnh Chiến Luân Duy Hưng Quý Tiến Mạnh Nghĩa Lộc Sáng Thuận Hoàn Chung Nhân Định Thái Trường Giang"
)
_WOMEN = (
    "Hoa Lan Hương Thuý Hằng Nga Linh Trang Mai Thảo Hà Loan Dung Phương Yến Nhung Oanh Huyền Ngọc Vân Liên Thu Hiền Quỳnh Chi Hạnh Tuyết "
    "Bích Hồng Thơm Nhàn Lý Mỹ Duyên Tâm My Ngân Châu Diệp Thoa Luyến Xuân Đào Hoài Giang Khuyên Nguyệt Anh Thuỷ Hoà"
)
GIVEN = {"nam": tuple(_MEN.split()), "nữ": tuple(_WOMEN.split())}
FOREIGN = ("Park Ji Hoon", "Tanaka Kenji", "Li Wei", "Kim Min Seo", "John Miller", "H'Hen Niê", "Y Bhin Êban", "Vàng A Sử")
OCCUPATIONS = (
    "Công nhân",
    "Nông dân",
    "Buôn bán",
    "Lái xe",
    "Giáo viên",
    "Nhân viên văn phòng",
    "Lao động tự do",
    "Thợ xây",
    "Bán hàng",
    "Bảo vệ",
    "Nội trợ",
    "Kỹ sư",
)
