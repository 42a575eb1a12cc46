"""Why a ticket is next, in one line."""

from hallterm.dispatch.queue import Choice
from hallterm.words.language import mark, translate

_REASONS = {
    "only_one": mark("只有这一位在等"),
    "tier_first": mark("按级别优先"),
    "help_first": mark("同级中先照顾需要帮助的客户"),
    "longest_wait": mark("同级中等得最久"),
    "absent_back": mark("没有别人在等，再叫一次过号最久的"),
}


def explain_choice(choice: Choice) -> str:
    """Return the reason of a choice in words."""
    template = translate(_REASONS[choice.reason]) if choice.reason in _REASONS else choice.reason
    return template.format(**dict(choice.args))
