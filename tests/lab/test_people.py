"""Made-up customers look real, are all different, and come again with the same seed."""

import csv
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from stdnum.cn import ric, uscc

from hallterm.domain.person.details import Brand, PersonKind
from hallterm.domain.person.identity import read_id_number, read_vip_card
from hallterm.domain.person.phone import read_phone
from hallterm.domain.tiers import Grade, Tier
from hallterm.lab.names import SURNAMES
from hallterm.lab.people import MANAGERS, MadeUpPerson, made_up_people
from hallterm.lab.people_file import HEADER, Encoding, write_people

COUNT = 30_000


@pytest.fixture(scope="module")
def people() -> list[MadeUpPerson]:
    return list(made_up_people(COUNT, seed=7))


def test_the_same_seed_gives_the_same_people(people: list[MadeUpPerson]) -> None:
    assert list(made_up_people(5000, seed=7)) == people[:5000]
    assert next(made_up_people(1, seed=8)) != people[0]
    assert len(people) == COUNT
    assert list(made_up_people(0, seed=7)) == []


def test_numbers_are_valid_and_different(people: list[MadeUpPerson]) -> None:
    assert len({person.phone for person in people}) == COUNT
    assert len({person.id_number for person in people}) == COUNT
    cards = [person.vip_card for person in people if person.vip_card]
    assert len(set(cards)) == len(cards)
    assert all(read_phone(person.phone) == person.phone for person in people)
    assert all(read_id_number(person.id_number) == person.id_number for person in people)
    assert all(read_vip_card(card) == card for card in cards)


def test_documents_pass_the_norms_checks(people: list[MadeUpPerson]) -> None:
    companies = [person for person in people if person.kind is PersonKind.COMPANY]
    assert 0.015 < len(companies) / COUNT < 0.025
    for person in companies:
        assert uscc.validate(person.id_number)
    individuals = (person for person in people if person.kind is PersonKind.INDIVIDUAL)
    for person in islice(individuals, 500):
        assert ric.calc_check_digit(person.id_number) == person.id_number[-1]
        assert 1942 <= ric.get_birth_date(person.id_number).year <= 2007
    youngest = {
        person.id_number[:6]: person.id_number
        for person in people
        if person.kind is PersonKind.INDIVIDUAL and person.id_number[6:10] == "2007"
    }
    assert len(youngest) > 35  # counties come and go: the youngest carry today's codes
    assert all(ric.validate(number) for number in youngest.values())


def test_tiers_and_grades_have_their_shares(people: list[MadeUpPerson]) -> None:
    tiers = Counter(person.tier for person in people)
    assert tiers[Tier.VIP] / COUNT == pytest.approx(0.06, abs=0.006)
    assert tiers[Tier.GOTONE] / COUNT == pytest.approx(0.24, abs=0.01)
    grades = Counter(person.grade for person in people if person.tier is Tier.VIP)
    assert grades[Grade.DIAMOND] / tiers[Tier.VIP] == pytest.approx(0.10, abs=0.03)
    assert grades[Grade.GOLD] / tiers[Tier.VIP] == pytest.approx(0.30, abs=0.04)


def test_vip_customers_have_card_and_manager(people: list[MadeUpPerson]) -> None:
    for person in people:
        is_vip = person.tier is Tier.VIP
        assert (person.grade is not None, person.vip_card is not None) == (is_vip, is_vip)
        assert (person.account_manager in MANAGERS) == is_vip
        assert (person.brand is Brand.GOTONE) == (person.tier is not Tier.STANDARD)
    assert {person.account_manager for person in people} >= set(MANAGERS)


def test_surnames_are_as_common_as_in_life(people: list[MadeUpPerson]) -> None:
    individuals = [person.name for person in people if person.kind is PersonKind.INDIVIDUAL]
    first = Counter(name[0] for name in individuals)
    assert [surname for surname, _count in first.most_common(3)].count("王") == 1
    assert first["王"] / len(individuals) == pytest.approx(0.0710 / 0.9623, abs=0.006)
    assert all(first[surname] for surname in "单查仇解曾任")
    assert any(name.startswith("欧阳") for name in individuals)
    assert all(2 <= len(name) <= 4 for name in individuals)


def test_the_surname_table() -> None:
    assert len(SURNAMES) >= 300
    assert set("单区查仇解曾任朴盖乜员") <= set(SURNAMES)
    assert {"欧阳", "司马", "诸葛", "尉迟"} <= set(SURNAMES)
    hundred = sorted(SURNAMES.values(), reverse=True)[:100]
    assert sum(hundred) == pytest.approx(84.8, abs=2)
    assert sum(SURNAMES.values()) < 100


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_the_file_can_be_read_back(tmp_path: Path, encoding: Encoding) -> None:
    path = tmp_path / "客户.csv"
    drawn = list(made_up_people(300, seed=1))
    assert write_people(path, drawn, encoding) == 300
    with path.open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == HEADER
    assert [row[:3] for row in rows[1:]] == [[*person[:3]] for person in drawn]
    assert {row[4] for row in rows[1:]} == {"全球通VIP", "全球通", "普通"}
