"""Tiers and grades of customers, and what they are entitled to by rank."""

from enum import StrEnum


class Tier(StrEnum):
    """A customer's tier (客户级别), which sets the promise (S0 §1.4)."""

    VIP = "vip"
    """全球通VIP: member of the VIP club, with a grade."""
    GOTONE = "gotone"
    """全球通: local or visiting GoTone customer."""
    STANDARD = "standard"
    """动感地带, 神州行, other brands, and walk-ins without a number."""


class Grade(StrEnum):
    """A VIP's card (卡别). Diamond comes before gold before silver."""

    DIAMOND = "diamond"
    GOLD = "gold"
    SILVER = "silver"


TIER_ORDER: dict[Tier, int] = {tier: place for place, tier in enumerate(Tier)}
"""Place of each tier in the norm's order, 0 first (S0 §1.4)."""

GRADE_ORDER: dict[Grade | None, int] = {
    Grade.DIAMOND: 0,
    Grade.GOLD: 1,
    Grade.SILVER: 2,
    None: 3,
}
"""Place of each grade within a tier, 0 first."""

NUMBER_LETTER: dict[Tier, str] = {Tier.VIP: "V", Tier.GOTONE: "G", Tier.STANDARD: "A"}
"""Letter that starts the number of a ticket issued to each tier."""
