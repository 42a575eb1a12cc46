"""Made-up customers in any number, for training halls, tests and measurements.

Names, numbers and cards look real and pass every check; they are drawn by lot and belong to
nobody on purpose. The same seed gives the same people, one after another: a longer list begins
with the shorter one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import gcd
from random import Random
from typing import NamedTuple

from hallterm.domain.person.details import Brand, Home, PersonKind
from hallterm.domain.tiers import Grade, Tier
from hallterm.lab import identity_numbers as numbers
from hallterm.lab import names

VIP_SHARE, GOTONE_SHARE = 0.06, 0.24
GRADE_SHARES = {Grade.DIAMOND: 0.10, Grade.GOLD: 0.30, Grade.SILVER: 0.60}
"""Shares of each grade among VIP customers."""
COMPANY_SHARE = 0.02
VISITING_SHARE = 0.03
TWO_CHARACTERS_SHARE = 0.86
"""Share of given names that have two characters."""
MANAGERS = tuple(f"90{place:02}" for place in range(1, 41))
"""工号 of the account managers (客户经理) that VIP customers are given to."""

MOBILE_PREFIXES = tuple(
    str(prefix)
    for prefix in (
        134,
        135,
        136,
        137,
        138,
        139,
        147,
        150,
        151,
        152,
        157,
        158,
        159,
        172,
        178,
        182,
        183,
        184,
        187,
        188,
        195,
        197,
        198,
        130,
        131,
        132,
        155,
        156,
        166,
        185,
        186,
        133,
        153,
        180,
        181,
        189,
        191,
        199,
    )
)
"""First three digits of mainland mobile numbers, China Mobile's first."""

_BATCH = 4096
_ENDINGS = 100_000_000
_PHONES = len(MOBILE_PREFIXES) * _ENDINGS
_CARDS = 1_000_000_000


class MadeUpPerson(NamedTuple):
    """One made-up customer; the fields are named as in the record of a person."""

    name: str
    phone: str
    id_number: str
    """身份证号码 of a person, 统一社会信用代码 of a company, check digit included."""
    kind: PersonKind
    tier: Tier
    grade: Grade | None
    vip_card: str | None
    account_manager: str | None
    """工号 of the account manager; VIP customers only."""
    brand: Brand
    home: Home


@dataclass(frozen=True, slots=True)
class _Scatter:
    """A one-to-one map of 0, 1, 2 … onto the numbers below `size`, so that none comes twice."""

    size: int
    step: int
    start: int

    @classmethod
    def draw(cls, lot: Random, size: int) -> "_Scatter":
        step = lot.randrange(size // 3, size)
        while gcd(step, size) != 1:
            step += 1
        return cls(size, step, lot.randrange(size))

    def __getitem__(self, place: int) -> int:
        return (self.start + place * self.step) % self.size


def made_up_people(
    count: int, seed: int, managers: Sequence[str] = MANAGERS
) -> Iterator[MadeUpPerson]:
    """Draw customers with different phones, documents and cards.

    Args:
        count: How many; up to 100 million.
        seed: Decides everything that is drawn by lot.
        managers: 工号 of the account managers; VIP customers are spread over them.
    """
    lot = Random(seed)  # noqa: S311 - made-up people need no secrecy
    draw = _Draw(lot, managers)
    for first in range(0, count, _BATCH):
        people = draw.batch(first)
        yield from people if count - first >= _BATCH else people[: count - first]


def _running(weights: Iterable[float]) -> list[float]:
    return list(accumulate(weights))


_SURNAMES = list(names.SURNAMES)
_SURNAME_WEIGHTS = _running(names.SURNAMES.values())
_RANKS: list[tuple[Tier, Grade | None]] = [
    *((Tier.VIP, grade) for grade in GRADE_SHARES),
    (Tier.GOTONE, None),
    (Tier.STANDARD, None),
]
_RANK_WEIGHTS = _running(
    [
        *(VIP_SHARE * share for share in GRADE_SHARES.values()),
        GOTONE_SHARE,
        1 - VIP_SHARE - GOTONE_SHARE,
    ]
)
_CARD_LETTER = {Grade.DIAMOND: "1", Grade.GOLD: "2", Grade.SILVER: "3"}
_STANDARD_BRANDS = (Brand.EASYOWN, Brand.EASYOWN, Brand.M_ZONE, Brand.OTHER)


def _falling(characters: str) -> tuple[str, list[float]]:
    """Give characters their weights: the first ones are used most."""
    return characters, _running(1 / (8 + place) for place in range(len(characters)))


_GIVEN = {
    (False, 0): _falling(names.MEN_EARLIER),
    (False, 1): _falling(names.WOMEN_EARLIER),
    (True, 0): _falling(names.MEN_LATER),
    (True, 1): _falling(names.WOMEN_LATER),
}
"""Given-name characters by (born later, woman)."""


class _Draw:
    """Draws batches of people; whole columns at a time, because a million take their time."""

    def __init__(self, lot: Random, managers: Sequence[str]) -> None:
        self._lot = lot
        self._managers = managers
        self._phones = _Scatter.draw(lot, _PHONES)
        self._cards = _Scatter.draw(lot, _CARDS)
        self._documents = _Scatter.draw(lot, numbers.PERSONS)
        self._companies = _Scatter.draw(lot, numbers.COMPANIES)

    def batch(self, first: int) -> list[MadeUpPerson]:
        """Draw the people at places `first` and after, a full batch."""
        lot = self._lot
        surnames = lot.choices(_SURNAMES, cum_weights=_SURNAME_WEIGHTS, k=_BATCH)
        ranks = lot.choices(_RANKS, cum_weights=_RANK_WEIGHTS, k=_BATCH)
        given = {
            key: iter(lot.choices(characters, cum_weights=weights, k=2 * _BATCH))
            for key, (characters, weights) in _GIVEN.items()
        }
        people = []
        for place, surname, (tier, grade) in zip(
            range(first, first + _BATCH), surnames, ranks, strict=True
        ):
            chance = lot.random()
            woman = place & 1
            if chance < COMPANY_SHARE:
                kind = PersonKind.COMPANY
                name = self._company()
                document = numbers.company_number(self._companies[place])
            else:
                kind = PersonKind.INDIVIDUAL
                document, later = numbers.person_number(self._documents[place], woman)
                characters = given[later, woman]
                name = surname + next(characters)
                if lot.random() < TWO_CHARACTERS_SHARE:
                    name += next(characters)
            prefix, ending = divmod(self._phones[place], _ENDINGS)
            people.append(
                MadeUpPerson(
                    name,
                    f"{MOBILE_PREFIXES[prefix]}{ending:08}",
                    document,
                    kind,
                    tier,
                    grade,
                    f"86{_CARD_LETTER[grade]}{self._cards[place]:09}" if grade else None,
                    self._managers[place % len(self._managers)] if grade else None,
                    Brand.GOTONE
                    if tier is not Tier.STANDARD
                    else _STANDARD_BRANDS[int(chance * 1000) % 4],
                    Home.VISITING if chance > 1 - VISITING_SHARE else Home.LOCAL,
                )
            )
        return people

    def _company(self) -> str:
        lot = self._lot
        words = "".join(lot.choices(names.COMPANY_WORDS, k=2))
        return (
            f"{lot.choice(names.PLACES)}{words}"
            f"{lot.choice(names.TRADES)}{lot.choice(names.COMPANY_FORMS)}"
        )
