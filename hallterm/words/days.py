"""Days as people say them."""

from datetime import date

from hallterm.words.language import _


def weekday(day: date) -> str:
    """Return the day of the week, such as 周六."""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return names[day.weekday()]


def day_words(day: date, today: date) -> str:
    """Return a date with its day of the week, and whether it is today or tomorrow."""
    near = {0: _("今天"), 1: _("明天"), -1: _("昨天")}.get((day - today).days, "")
    return "  ".join(filter(None, [f"{day:%m-%d}", weekday(day), near]))
