"""How the columns and values of a foreign trace are to be read: a small TOML file (列对照).

`[columns]` names the column of each field, `[tier]` and `[business]` translate values. `[skip]`
drops rows, `[left]` says which customers left and after how long, `[tier_unknown]` which rows
don't know their tier. `data/traces/bank-1999.toml` is the example.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from hallterm.configuration.complaints import complaints
from hallterm.configuration.positions import Key
from hallterm.configuration.problems import Problem, give_up
from hallterm.configuration.reading import PACKAGED, Table, parse, read_text
from hallterm.domain.frozen import Frozen
from hallterm.domain.person.choices import grade_in_tier_column, read_choice
from hallterm.domain.tiers import Grade, Tier
from hallterm.words import _

SHIPPED = PACKAGED / "traces"
"""Mappings that come with the program, each called by its name without the ending."""
FIELDS = ("date", "arrived_s", "tier", "service_s", "business", "identity_s", "left_s")
REQUIRED = ("arrived_s", "tier", "service_s")


class RowChoice(Frozen):
    """Rows that have one of some values in a column."""

    column: str = Field(min_length=1)
    values: list[str] = Field(min_length=1)


class LeftRows(RowChoice):
    """Rows of customers who left before they were served."""

    after: str = Field(min_length=1)
    """Column with the seconds from arriving to leaving."""


class UnknownTiers(RowChoice):
    """Rows whose tier nobody found out; it is drawn by lot in the shares of the known ones."""

    reads: list[str] = Field(default_factory=list)
    """Only when the tier column reads so; empty: whatever it reads."""


class TraceMapping(Frozen):
    """A mapping as it stands in its file."""

    columns: dict[str, str] = Field(default_factory=dict)
    tier: dict[str, str] = Field(default_factory=dict)
    business: dict[str, str] = Field(default_factory=dict)
    skip: RowChoice | None = None
    left: LeftRows | None = None
    tier_unknown: UnknownTiers | None = None

    def column(self, field: str) -> str:
        """Return the name of a field's column."""
        return self.columns.get(field, field)


PLAIN = TraceMapping()
"""Columns are called as the fields are."""


def tier_of(word: str) -> tuple[Tier, Grade | None] | None:
    """Read a tier or a card; a VIP without a card counts as silver, the lowest."""
    grade = grade_in_tier_column(word)
    if grade is not None:
        return Tier.VIP, grade
    tier = read_choice("tier", word)
    if tier is None:
        return None
    return Tier(str(tier)), Grade.SILVER if tier == Tier.VIP else None


def load_mapping(name: str, businesses: Collection[str]) -> TraceMapping:
    """Read a mapping: the path of a file, or the name of one that comes with the program.

    Raises:
        ConfigurationProblems: it isn't there or something in it is wrong; all of it is told.
    """
    shipped = SHIPPED / f"{name}.toml"
    path = shipped if name.replace("-", "").isalnum() and shipped.is_file() else Path(name)
    return mapping_of(parse(str(path), read_text(path)), businesses)


def mapping_of(table: Table, businesses: Collection[str]) -> TraceMapping:
    """Make a mapping from a file.

    Raises:
        ConfigurationProblems: a key is unknown, or a value stands for nothing.
    """
    try:
        mapping = TraceMapping.model_validate(table.values, strict=True)
    except ValidationError as wrong:
        give_up(*complaints(table, wrong, TraceMapping))
    problems = [
        *_unknown(table, "columns", dict.fromkeys(mapping.columns), FIELDS, by_key=True),
        *_unknown(table, "business", mapping.business, businesses),
        *(
            table.problem(
                ("tier", value),
                _("“{word}”不是客户级别").format(word=word[:40]),
                _("写 vip、gotone、standard，或 diamond、gold、silver"),
            )
            for value, word in mapping.tier.items()
            if tier_of(word) is None
        ),
    ]
    if problems:
        give_up(*problems)
    return mapping


def _unknown(
    table: Table,
    section: str,
    entries: Mapping[str, str | None],
    known: Collection[str],
    *,
    by_key: bool = False,
) -> list[Problem]:
    remedy = _("这里可以写：{names}").format(names=", ".join(known))
    found = []
    for name, value in entries.items():
        word = name if by_key else str(value)
        if word not in known:
            key: Key = (section, name)
            found.append(table.problem(key, _("不认识“{word}”").format(word=word[:40]), remedy))
    return found
