"""Who issues the report, to whom, and who signs: by the level of the area and the levels of government of the day."""

from dataclasses import dataclass

from tienphuong.reports.composing.view import FrozenFigures, lowered
from tienphuong.reports.papers import Signing


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The parts of the paper that name agencies."""

    parent: tuple[str, ...]
    issuing: tuple[str, ...]
    issuer_name: str
    symbol: str
    recipients: tuple[str, ...]
    signings: tuple[Signing, ...]
    distribution: tuple[str, ...]


def letterhead(view: FrozenFigures, *, steering: bool = False) -> Letterhead:
    """The agencies of a report; `steering`: issued by the steering committee (Ban Chỉ đạo) instead of the People's Committee."""
    area = view.content["area"]
    unit, name = _unit(area["full_name"], area["name"])
    above = next(iter(reversed(area["above"])), None)
    committee = f"UBND {area['full_name'].upper()}"
    issuing: tuple[str, ...]
    parent: tuple[str, ...]
    if steering:
        issuing = ("BAN CHỈ ĐẠO", f"PHÒNG, CHỐNG DỊCH {view.disease.upper()}")
        parent, issuer = (committee,), f"Ban Chỉ đạo phòng, chống dịch {view.disease} {view.area}"
        signing = Signing(("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"))
    else:
        issuing = ("ỦY BAN NHÂN DÂN", f"{unit} {name}".upper())
        parent = (f"UBND {above['full_name'].upper()}",) if above else ()
        issuer, signing = f"Ủy ban nhân dân {view.area}", Signing(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    return Letterhead(
        parent=parent,
        issuing=issuing,
        issuer_name=issuer,
        symbol="BC-BCĐ" if steering else "BC-UBND",
        recipients=recipients(view),
        signings=(signing,),
        distribution=_distribution(view, unit=unit),
    )


def recipients(view: FrozenFigures) -> tuple[str, ...]:
    """Kính gửi: the steering committee and the health line one level up; a commune without a district reports to the province."""
    area = view.content["area"]
    if area["level"] == "province" or not area["above"]:
        return ("Ban Chỉ đạo Quốc gia phòng, chống dịch", "Bộ Y tế")
    above = area["above"][-1]
    if above["level"] == "district":
        upper, place = _unit(above["full_name"], above["name"])
        district = f"{upper.lower()} {place}"
        return (
            f"Ủy ban nhân dân {district}",
            f"Ban Chỉ đạo phòng, chống dịch {view.disease} {upper.lower()}",
            f"Trung tâm Y tế {district}",
        )
    upper, place = _unit(above["full_name"], above["name"])
    level = "Thành phố" if upper == "Thành phố" else "tỉnh"
    health = (f"Sở Y tế {place}", f"Trung tâm Kiểm soát bệnh tật {place}")
    if area["level"] == "commune":
        return (f"Ủy ban nhân dân {lowered(above['full_name'])}", *health)
    return (f"Ban Chỉ đạo phòng, chống dịch {view.disease} {level}", *health)


def _distribution(view: FrozenFigures, *, unit: str) -> tuple[str, ...]:
    own = unit.lower()
    health = f"Trạm Y tế {own}" if view.content["area"]["level"] == "commune" else f"Trung tâm Y tế {own}"
    if view.content["area"]["level"] == "province":
        health = "Sở Y tế"
    below = (f"UBND các {view.units}",) if view.units else ()
    return ("Như trên", f"Chủ tịch, các Phó Chủ tịch UBND {own}", health, *below, "Lưu: VT, YT")


def _unit(full_name: str, name: str) -> tuple[str, str]:
    """('Huyện', 'Thanh Trì')."""
    return full_name.removesuffix(name).strip(), name
