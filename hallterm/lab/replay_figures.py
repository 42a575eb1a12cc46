"""A day's figures as JSON with stable keys; shares of 1, times in seconds."""

from hallterm.desk.days import DayFigures, TierFigures

PLACES = 4


def as_json(figures: DayFigures) -> dict[str, object]:
    """Return ``day``, ``tiers`` (vip, gotone, standard) and ``all``.

    Each holds customers; kept, broken, absent, abandoned, running (first promises by how they
    ended); kept_share; wait_mean_s, wait_p90_s, wait_max_s. What can't be said is null.
    """
    return {
        "day": figures.day.isoformat(),
        "tiers": {tier.value: _tier(of) for tier, of in figures.tiers.items()},
        "all": _tier(figures.all),
    }


def _tier(of: TierFigures) -> dict[str, object]:
    return {
        "customers": of.customers,
        **{verdict.value: count for verdict, count in of.verdicts.items()},
        "kept_share": _rounded(of.kept_share),
        "wait_mean_s": _rounded(of.wait_mean),
        "wait_p90_s": _rounded(of.wait_p90),
        "wait_max_s": _rounded(of.wait_max),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)
