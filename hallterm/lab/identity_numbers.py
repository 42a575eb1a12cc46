"""Numbers of made-up identity documents, with the right check digit."""

from datetime import date, timedelta

_REGIONS = tuple(
    str(code)
    for code in (
        110101,
        110105,
        110108,
        310101,
        310104,
        310115,
        440103,
        440106,
        440305,
        330102,
        330106,
        510104,
        510107,
        420102,
        420106,
        320102,
        320106,
        610103,
        610113,
        370102,
        370203,
        410105,
        210102,
        210202,
        430102,
        350102,
        350203,
        340104,
        360102,
        370303,
        120101,
        120104,
        130102,
        150102,
        220102,
        230103,
        450103,
        520102,
        530102,
        540102,
        620102,
        630103,
        650102,
    )
)
"""County codes (行政区划代码, GB/T 2260), one or a few of each province."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_BIRTH, _LAST_BIRTH = date(1942, 1, 1), date(2007, 12, 31)
_LATER_GENERATION = 1988
_COUPLES = 500
"""Pairs of sequence numbers a day and county has: odd for men, even for women."""


def _weighed(digits: str, start: int) -> int:
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS[start:], digits, strict=False))


_COUNTIES = [(code, _weighed(code, 0)) for code in _REGIONS]
_DAYS = [
    (f"{day:%Y%m%d}", _weighed(f"{day:%Y%m%d}", 6), day.year >= _LATER_GENERATION)
    for day in (
        _FIRST_BIRTH + timedelta(days=after)
        for after in range((_LAST_BIRTH - _FIRST_BIRTH).days + 1)
    )
]
_SEQUENCES = [(f"{place:03}", _weighed(f"{place:03}", 14)) for place in range(2 * _COUPLES)]
_COUNTY_COUNT, _DAY_COUNT = len(_COUNTIES), len(_DAYS)

PERSONS = _COUNTY_COUNT * _DAY_COUNT * _COUPLES
"""How many different numbers `person_number` knows for each sex."""


def person_number(place: int, woman: int) -> tuple[str, bool]:
    """Make the resident identity number (公民身份号码, GB 11643) at a place below `PERSONS`.

    Returns:
        The 18 characters, and whether the holder belongs to the later generation.
    """
    place, county = divmod(place, _COUNTY_COUNT)
    couple, day = divmod(place, _DAY_COUNT)
    code, first_sum = _COUNTIES[county]
    birth, second_sum, later = _DAYS[day]
    sequence, third_sum = _SEQUENCES[2 * couple + 1 - woman]
    check = _CHECKS[(first_sum + second_sum + third_sum) % 11]
    return f"{code}{birth}{sequence}{check}", later


_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

COMPANIES = 100_000_000
"""How many different numbers `company_number` knows."""


def company_number(place: int) -> str:
    """Make the social credit code (统一社会信用代码, GB 32100) at a place below `COMPANIES`."""
    organisation = f"{place:08}"
    weighed = sum(
        weight * int(digit)
        for weight, digit in zip(_ORGANISATION_WEIGHTS, organisation, strict=True)
    )
    check = "0123456789X0"[11 - weighed % 11]
    body = f"91{_REGIONS[place % _COUNTY_COUNT]}{organisation}{check}"
    total = sum(
        weight * _CREDIT_SIGNS.index(sign)
        for weight, sign in zip(_CREDIT_WEIGHTS, body, strict=True)
    )
    return body + _CREDIT_SIGNS[-total % 31]
