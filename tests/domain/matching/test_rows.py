"""Whether the post knows the person of a row."""

import unicodedata
from datetime import date

import pytest

from tienphuong.registry.matching import MatchKind, match_people
from tienphuong.registry.models import Person

pytestmark = pytest.mark.django_db
BORN = date(1985, 3, 14)


def decide(entry, **more):
    (decision,) = match_people([entry], **more)
    return decision


def test_a_base_without_people_knows_nobody(row):
    assert decide(row("Nguyễn Văn Hùng", 1985)).kind is MatchKind.NEW
    assert match_people([]) == []


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("Nguyễn Thị Thuý", "NGUYEN THI THUY"),
        ("Nguyễn Thị Thúy", "Nguyễn Thị Thuý"),
        ("Trần Văn Hoà", "Trần Hòa"),
        ("Trần Văn Hoà", unicodedata.normalize("NFD", "Trần Văn Hoà")),
        ("Đặng Văn Đức", "Ðặng Văn Ðức"),
        ("Lê Thị Lý", "lê thị lý"),
    ],
)
def test_one_name_written_two_ways_with_one_day_of_birth_and_one_commune_is_one_person(row, known, held, told):
    (person,) = known(row(held, BORN, sex="F"))
    decision = decide(row(told, BORN, sex="F"))
    assert (decision.kind, decision.person) == (MatchKind.KNOWN, person)
    assert any("Họ tên trùng" in reason for reason in decision.reasons)
    assert "Cùng ngày tháng năm sinh" in decision.reasons


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("Lê Thị Loan", "Lê Thị Noan"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng"),
        ("Trần Thị Ngọc Lan", "Trần Thị Lan"),
        ("Nguyễn Văn Đức", "Ng. V. Đức"),
    ],
)
def test_a_name_that_only_sounds_or_looks_alike_is_asked_about(row, known, held, told):
    (person,) = known(row(held, BORN, phone="0912345678"))
    decision = decide(row(told, BORN, phone="0912345678"))
    assert (decision.kind, decision.person) == (MatchKind.DOUBT, None)
    assert [candidate.person for candidate in decision.candidates] == [person]


def test_two_nguyen_van_hung_of_one_year_in_one_hamlet_are_never_linked_silently(row, known):
    known(row("Nguyễn Văn Hùng", 1985, sex="M", hamlet="Thôn 2"))
    decision = decide(row("Nguyễn Văn Hùng", 1985, sex="M", hamlet="thôn 02"))
    assert decision.kind is MatchKind.DOUBT
    assert "Cùng thôn, tổ dân phố" in decision.reasons


def test_two_nguyen_van_hung_with_days_of_birth_apart_are_two_people(row, known):
    known(row("Nguyễn Văn Hùng", date(1985, 3, 14), sex="M"))
    assert decide(row("Nguyễn Văn Hùng", date(1985, 11, 2), sex="M")).kind is MatchKind.NEW


def test_the_first_of_january_is_a_filled_form_and_links_nobody(row, known):
    known(row("Nguyễn Văn Hùng", date(1985, 1, 1), sex="M", hamlet="Thôn 2"))
    assert decide(row("Nguyễn Văn Hùng", date(1985, 1, 1), sex="M", hamlet="Thôn 2")).kind is MatchKind.DOUBT


def test_one_paper_is_one_person_though_the_house_and_telephone_changed(row, known):
    (person,) = known(row("Nguyễn Văn Hùng", 1985, sex="M", paper="001085012345", phone="0912345678"))
    decision = decide(row("NGUYEN VAN HUNG", 1985, sex="M", paper="1085012345", phone="0987654321", commune="00658"))
    assert (decision.kind, decision.person) == (MatchKind.KNOWN, person)
    assert "Cùng số định danh / căn cước" in decision.reasons


@pytest.mark.parametrize(
    "other",
    [{"name": "Trần Thị Mai"}, {"sex": "F"}, {"birth": 1950}],
)
def test_one_paper_on_two_unlike_people_is_a_warning_and_no_link(row, known, other):
    known(row("Nguyễn Văn Hùng", 1985, sex="M", paper="001085012345"))
    told = {"name": "Nguyễn Văn Hùng", "birth": 1985, "sex": "M"} | other
    decision = decide(row(told.pop("name"), told.pop("birth"), paper="001085012345", **told))
    assert decision.kind is MatchKind.DOUBT
    assert any("CẢNH BÁO" in reason for reason in decision.reasons)


def test_a_paper_used_by_a_family_links_to_the_one_whose_name_it_is_and_warns(row, known):
    _, son = known(row("Nguyễn Văn Cha", 1960, sex="M", paper="001060012345"), row("Nguyễn Văn Con", 1990, sex="M", paper="001060012345"))
    decision = decide(row("Nguyễn Văn Con", 1990, sex="M", paper="001060012345"))
    assert (decision.kind, decision.person) == (MatchKind.KNOWN, son)
    assert any("CẢNH BÁO" in reason for reason in decision.reasons)


def test_people_of_one_household_who_answer_one_telephone_stay_themselves(row, known):
    known(row("Nguyễn Văn Hùng", 1985, sex="M", phone="0912345678", household="H1"))
    decisions = match_people(
        [
            row("Trần Thị Mai", 1987, sex="F", phone="0912345678", household="H1"),
            row("Nguyễn Gia Bảo", 2015, sex="M", phone="0912345678", household="H1"),
        ]
    )
    assert [decision.kind for decision in decisions] == [MatchKind.NEW, MatchKind.NEW]


def test_name_and_telephone_without_a_year_go_to_an_officer(row, known):
    known(row("Nguyễn Thị Thắm", 1985, phone="0912345678"))
    assert decide(row("Nguyễn Thị Thắm", None, phone="0912345678", commune="")).kind is MatchKind.DOUBT


def test_name_year_telephone_and_home_together_are_enough(row, known):
    (person,) = known(row("Nguyễn Thị Thắm", 1985, sex="F", phone="0912345678", hamlet="Thôn 2"))
    assert decide(row("Nguyễn Thị Thắm", 1985, sex="F", phone="0912345678", hamlet="Thôn 2")).person == person


def test_name_year_and_a_telephone_of_its_own_need_no_more_than_the_commune(row, known):
    """A follow-up sheet writes no hamlet, a laboratory no sex: the person of the contact list is not written down a second time."""
    (person,) = known(row("Nguyễn Thị Thắm", 1985, sex="F", phone="0912345678", hamlet="Thôn 2"))
    for told in ("Nguyễn Thị Thắm", "NGUYEN THI THAM"):
        assert decide(row(told, 1985, phone="0912345678")).person == person


@pytest.mark.parametrize(
    "told",
    [
        {"commune": "00658"},
        {"phone": "0912345679"},
        {"sex": "M"},
        {"hamlet": "Thôn 3"},
        {"paper": "001185012346"},
        {"name": "Nguyễn Thị Thẩm"},
        {"name": "Nguyễn Thắm"},
    ],
)
def test_what_speaks_against_one_person_makes_it_a_question(row, known, told):
    known(row("Nguyễn Thị Thắm", 1985, sex="F", phone="0912345678", hamlet="Thôn 2", paper="001185012345"))
    told = {"name": "Nguyễn Thị Thắm", "birth": 1985, "phone": "0912345678"} | told
    assert decide(row(**told)).kind is MatchKind.DOUBT


def test_a_telephone_of_several_names_needs_the_hamlet_too(row, known):
    known(row("Nguyễn Thị Thắm", 1985, phone="0912345678"), row("Trần Văn Đức", 1980, phone="0912345678"))
    assert decide(row("Nguyễn Thị Thắm", 1985, phone="0912345678")).kind is MatchKind.DOUBT


def test_a_telephone_that_another_name_of_the_same_list_gives_needs_the_hamlet_too(row, known):
    known(row("Nguyễn Thị Thắm", 1985, phone="0912345678"))
    decisions = match_people([row("Nguyễn Thị Thắm", 1985, phone="0912345678"), row("Trần Văn Đức", 1980, phone="0912345678")])
    assert [decision.kind for decision in decisions] == [MatchKind.DOUBT, MatchKind.NEW]


def test_two_records_that_fit_alike_are_a_question(row, known):
    known(row("Nguyễn Văn Hùng", BORN, sex="M"), row("Nguyễn Văn Hùng", BORN, sex="M"))
    decision = decide(row("Nguyễn Văn Hùng", BORN, sex="M"))
    assert decision.kind is MatchKind.DOUBT
    assert len(decision.candidates) == 2


def test_two_records_of_one_merged_person_are_one_answer(row, known):
    first, second = known(row("Nguyễn Văn Hùng", BORN, sex="M"), row("Nguyễn Văn Hùng", BORN, sex="M"))
    Person.objects.filter(pk=second.pk).update(identity=first)
    decision = decide(row("Nguyễn Văn Hùng", BORN, sex="M"))
    assert (decision.kind, decision.person) == (MatchKind.KNOWN, first)


def test_a_withdrawn_record_is_nobody(row, known, at):
    (person,) = known(row("Nguyễn Văn Hùng", BORN))
    Person.objects.filter(pk=person.pk).update(withdrawn_at=at)
    assert decide(row("Nguyễn Văn Hùng", BORN)).kind is MatchKind.NEW


def test_a_row_without_a_name_is_found_by_its_case_number_only(row, known):
    (person,) = known(row("Nguyễn Văn Hùng", 1985, sex="M", phone="0912345678"))

    def numbers(keys):
        return {key: [person.pk] for key in keys if key == "BN-12"}

    assert decide(row("", 1985, sex="M", phone="0912345678"), case_numbers=numbers).kind is MatchKind.NEW
    decision = decide(row("", 1985, sex="M", aliases=("bệnh nhân số 12",)), case_numbers=numbers)
    assert decision.person == person
    assert "Cùng mã ca BN-12" in decision.reasons


def test_a_case_number_of_somebody_else_is_a_warning(row, known):
    (person,) = known(row("Nguyễn Văn Hùng", 1985, sex="M"))
    decision = decide(row("Trần Thị Mai", 1960, sex="F", aliases=("BN12",)), case_numbers=lambda keys: {"BN-12": [person.pk]})
    assert decision.kind is MatchKind.DOUBT


def test_a_baby_without_a_name_is_not_its_mother_and_twins_are_asked_about(row, known):
    born = date(2021, 8, 1)
    known(row("Nguyễn Thị Hoa", 1995, sex="F", phone="0912345678", hamlet="Thôn 2"))
    first, second = match_people([row("Con bà Nguyễn Thị Hoa", born, phone="0912345678", hamlet="Thôn 2")] * 2)
    assert first.kind is MatchKind.NEW
    assert (second.kind, second.candidates[0].entry_index) == (MatchKind.DOUBT, 0)


def test_a_baby_that_was_given_a_name_is_asked_about(row, known):
    born = date(2021, 8, 1)
    known(row("Con bà Nguyễn Thị Hoa", born, sex="M", phone="0912345678", hamlet="Thôn 2"))
    assert decide(row("Trần Minh Khôi", born, sex="M", phone="0912345678", hamlet="Thôn 2")).kind is MatchKind.DOUBT


def test_the_same_person_twice_in_one_file_is_the_earlier_row(row):
    entry = row("Nguyễn Văn Hùng", BORN, phone="0912345678")
    decisions = match_people([entry, row("Trần Thị Mai", 1990), row("NGUYEN VAN HUNG", BORN, phone="0912345678"), entry])
    assert [decision.kind for decision in decisions] == [
        MatchKind.NEW, MatchKind.NEW, MatchKind.SAME_AS_ENTRY, MatchKind.SAME_AS_ENTRY,
    ]  # fmt: skip
    assert [decision.entry_index for decision in decisions] == [None, None, 0, 0]


def test_a_later_row_follows_an_earlier_one_to_the_person_it_was_linked_to(row, known):
    (person,) = known(row("Nguyễn Văn Hùng", BORN, paper="001085012345"))
    rows = [row("Nguyễn Văn Hùng", BORN, paper="001085012345", phone="0912345678"), row("Nguyễn Văn Hùng", BORN, phone="0912345678")]
    assert [decision.person for decision in match_people(rows)] == [person, person]


def test_nothing_is_written_by_matching(row, known, django_assert_max_num_queries):
    known(*(row(f"Nguyễn Văn A{i}", 1950 + i) for i in range(30)))
    with django_assert_max_num_queries(120) as queries:
        match_people([row(f"Nguyễn Văn A{i}", 1950 + i) for i in range(30)] * 10)
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
