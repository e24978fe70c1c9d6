"""Family names of the country without accents, for whoever has to tell a name from other words."""

from typing import Final

_USUAL: Final = (
    "au bach bui cam cao chu cu dam dang dao dau dinh do doan dong duong giang giap ha ho hoang hua huynh khong khuat khuc kieu la lam "
    "le lo loc luong luu ly ma mac mai nghiem ngo nguyen nhu ninh nong on ong pham phan phung quach quan sam ta tang thach thai thieu "
    "tieu to ton tong tran trieu trinh truong van vi vo vu vuong"
)
_RARE: Final = (
    "an ban bang be bien bo ca cai can cat cham chau chung chuong co cong cung da dan danh dien diep doi du ga han hau hoa hung huu kha "
    "khieu khuong kim lai lan lang lanh len leng lenh lu lua luan luc luyen mach man mau may mua nghe ngoc ngu nguy nham nhan phang phi "
    "pho phu phuong quang rang sa seo si son sung tan tao tat than thang thanh thao thap thi tho tra trang tri tu tuan tuong ty ung "
    "uong vang vien vong vua xa xong y yen"
)
USUAL_FAMILIES: Final = frozenset(_USUAL.split())
"""Those of most people: a text of several words that opens with one is a name unless something else is against it."""
FAMILIES: Final = USUAL_FAMILIES | frozenset(_RARE.split())
"""All of them: the rare ones are everyday words too, so alone they make no name."""
