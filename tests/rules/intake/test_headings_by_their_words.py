"""A heading is read by all its words, in whatever language and order; one word that nobody explained makes it a question or a note."""

import pytest
from tests.rules.intake.sheets import Cells, xlsx

from tienphuong.intake.mapping.composed import composed
from tienphuong.intake.mapping.survey import SheetPlan, survey
from tienphuong.intake.mapping.terms import TargetField as F
from tienphuong.intake.reading.reader import read_book


def plan(*rows: Cells) -> SheetPlan:
    """How a sheet of these rows is understood."""
    return survey(read_book(xlsx(rows), "list.xlsx"))[0]


SAID = {
    "fecha_inicio_sintomas": F.ONSET_ON, "DT_SIN_PRI": F.ONSET_ON, "Date de début de l'éruption": F.ONSET_ON, "発症_年月日": F.ONSET_ON, "Ngày khởi phát triệu chứng": F.ONSET_ON,
    "illness/date_onset": F.ONSET_ON, "FECHA_DEF": F.DIED_ON, "outcome/date_of_death": F.DIED_ON, "Tanggal meninggal": F.DIED_ON, "death_dt": F.DIED_ON, "Sterbedatum": None,
    "person.dateOfReporting": F.REPORTED_ON, "DT_NOTIFIC": F.REPORTED_ON, "Date of lab confirmation": F.DETECTED_ON, "dateOfSampleCollection": F.SAMPLED_ON, "Ngày có kết quả xét nghiệm": F.RESULT_ON,
    "CBS - Date specimen collected": F.SAMPLED_ON, "EGEN_046 Date of arrival in area": F.ARRIVED_ON, "PERSON_GENDER_CODE": F.SEX, "患者_性別": F.SEX, "Age (Years)": F.AGE, "edad_años_meses": F.AGE_UNIT,
    "17. Tỉnh nơi ở hiện nay": F.PROVINCE, "residencia_provincia_nombre": F.PROVINCE, "admin_2_name": F.DISTRICT, "Phường, xã nơi cư trú": F.COMMUNE, "Khu phố/ấp": F.HAMLET,
    "Nom_Enfant": F.FULL_NAME, "Họ và tên học sinh": F.FULL_NAME, "nomor_hp_siswa": F.PHONE, "Tiếp xúc với ca bệnh nào": F.LINKED_CASE, "Local Case ID": F.CASE_NO,
}  # fmt: skip
NOT_OURS = (
    "Họ tên bố", "SĐT phụ huynh", "Surname (parent or carer)", "emergencyContactName", "Email người báo cáo", "reportingUserName", "Ngày nhập viện", "Date of hospital admission", "Ngày tiêm mũi 2",
    "DT_1_DOSE", "Country of Residence", "Age group", "residencia_provincia_id", "Jenis Pembayaran", "household/size", "Mã số sinh viên", "date_of_data_entry",
)  # fmt: skip
UNSAID = (
    "Date of birth of the mother's house",
    "Case Date Source",
    "Ngày",
    "date",
    "Death certificate",
    "Province of exposure",
    "reporting_province",
    "Ngày XV/TV/CV",
    "",
)


@pytest.mark.parametrize(("heading", "target"), SAID.items())
def test_every_word_of_a_heading_is_accounted_for(heading: str, target: F | None) -> None:
    """One meaning in other words, another order, another language."""
    said = composed(heading)
    assert (said.targets[0] if said else None) == target


@pytest.mark.parametrize("heading", NOT_OURS)
def test_what_the_post_has_no_field_for_is_known_as_such(heading: str) -> None:
    """Whose telephone, which day: understood, and neither taken nor asked about."""
    said = composed(heading)
    assert said is not None
    assert said.targets == ()


@pytest.mark.parametrize("heading", UNSAID)
def test_a_word_that_nobody_explained_says_nothing(heading: str) -> None:
    """It may turn the meaning round."""
    assert composed(heading) is None


def test_columns_of_others_are_notes_and_not_questions() -> None:
    """A parent's name and telephone, a day of admission, a payment: kept beside the row."""
    read = plan(
        ["Họ và tên học sinh", "Họ tên bố", "SĐT phụ huynh", "Ngày nhập viện", "Jenis Pembayaran", "Kết quả xét nghiệm"],
        *[[name, "Trần Văn Bình", f"09123456{n:02d}", f"{n + 1}/8/2021", "Transfer", "Âm tính"] for n, name in enumerate(("Trần Thị Hoa", "Trần Thu Lan", "Lê Văn Nam", "Vũ Thị Mai"))],
    )  # fmt: skip
    assert [guess.decision for guess in read.mapping.columns] == ["sure", "note", "note", "note", "note", "sure"]


def test_a_vague_heading_over_official_words_is_sure() -> None:
    """`Issue` over the words of outcomes is the outcome; over words of something else it is none."""
    names = ("Diallo", "Traoré", "Kabongo", "Mbala")
    read = plan(["Nom", "Prénom", "Sexe", "Date de début", "Issue"], *[[name, "Luc", "M", f"{n + 1}/8/2021", word] for n, (name, word) in enumerate(zip(names, ("Guéri", "Décédé", "Guérie", "En traitement"), strict=True))])  # fmt: skip
    targets = {guess.label: (guess.target, guess.decision) for guess in read.mapping.columns}
    assert targets["Issue"] == (F.OUTCOME, "sure")
    assert targets["Nom"] == (F.FAMILY_NAME, "sure")


def test_the_words_every_column_begins_with_say_nothing() -> None:
    """A system that writes its form's name before each field."""
    fields = ("Family_name", "Given_name", "Gender", "Date_of_birth", "Nationality", "Emergency_contact_number")
    rows = [["HALE", "TOM", "Male", f"1957-05-0{n}", "GRC", f"07889373{n}78"] for n in range(1, 6)]
    read = plan([f"Passengers_Dep_{end}" for end in fields], *rows)
    assert [guess.target for guess in read.mapping.columns] == [F.FAMILY_NAME, F.GIVEN_NAME, F.SEX, F.BIRTH, F.NATIONALITY, None]
    assert read.mapping.columns[0].label == "Passengers_Dep_Family_name"
