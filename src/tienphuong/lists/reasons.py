"""Why the codes and links of a cell are asked about, as an officer sees it on the row."""

from typing import Final

NO_CODE: Final = "Ô có số nhưng không rõ là số của ca nào."
UNSURE_LINK: Final = "Ô nói về mối liên quan nhưng không chắc chắn."
NOBODY_NAMED: Final = "Không rõ ô nói đến ai."
CODE_NOT_UNDERSTOOD: Final = "Chưa hiểu mã ghi trong ô, nên chưa dùng làm mã."
SEVERAL_OF_ONE_SERIES: Final = "Ô mã ghi nhiều số cùng một dãy; không rõ số nào là của người này."
BARE_NUMBER: Final = "Số đứng cạnh mã không có chữ, nên không dùng làm mã."
