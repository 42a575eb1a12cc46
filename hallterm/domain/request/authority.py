"""What each role may grant by itself (权限), as `data/authority.toml` sets it."""

from collections.abc import Iterable

from pydantic import Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Grade

ID_PATTERN = r"^[a-z][a-z0-9_]{0,31}$"
DECIDERS = frozenset(
    {Role.STORE_MANAGER, Role.DUTY_MANAGER, Role.ACCOUNT_MANAGER, Role.VIP_OFFICE_MANAGER}
)
"""Roles that may have a limit."""


class RequestKind(Frozen):
    """One kind of special request (需求种类)."""

    id: str = Field(pattern=ID_PATTERN)
    name: str = Field(min_length=1, max_length=12)
    money: bool = False
    """Whether it is about an amount."""


class Limit(Frozen):
    """What one role may grant of one kind."""

    role: Role
    kind: str
    most_fen: int | None = Field(default=None, ge=1, le=100_000_000)
    """Largest amount, fen; None for kinds without an amount."""
    grades: tuple[Grade, ...] = ()
    """Cards it holds for; empty: for every customer."""


class Authority(Frozen):
    """The whole of `data/authority.toml`."""

    kinds: tuple[RequestKind, ...] = Field(default=(), max_length=9)
    """Picked by one digit."""
    limits: tuple[Limit, ...] = ()

    def kind(self, kind_id: str) -> RequestKind | None:
        """Return a kind by its id."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)

    def refusal(
        self, roles: Iterable[Role], kind_id: str, amount_fen: int, grade: Grade | None
    ) -> Refusal | None:
        """Say why none of the roles may grant this; None when one may.

        amount_fen: fen; 0 for kinds without an amount.
        """
        held = frozenset(roles)
        mine = [limit for limit in self.limits if limit.role in held and limit.kind == kind_id]
        if not mine:
            return refuse("no_authority")
        for_grade = [limit for limit in mine if not limit.grades or grade in limit.grades]
        if not for_grade:
            return refuse("no_authority_for_grade")
        most = max(limit.most_fen or 0 for limit in for_grade)
        if amount_fen > most and any(limit.most_fen for limit in for_grade):
            return refuse("beyond_authority", most_fen=most)
        return None
