"""What the rules for who is next are called, and what each does, in one sentence."""

from hallterm.domain.dispatching import PolicyName
from hallterm.words.language import mark, translate

_WORDS: dict[PolicyName, tuple[str, str]] = {
    "promise": (
        mark("守承诺"),
        mark("VIP、全球通的承诺在先，其余的尽量多守住。"),
    ),
    "strict": (mark("按标准"), mark("VIP、全球通、其他依次叫，同级先到先办。")),
    "fifo": (mark("先到先办"), mark("不分级别，谁等得久叫谁。")),
    "edf": (mark("最近时限"), mark("谁的时限最先到叫谁，已超时的最先。")),
    "ratio": (mark("用掉比例"), mark("谁的时限用掉的比例最大叫谁。")),
    "apq": (mark("累积优先"), mark("等得越久优先越高，级别高的攒得快。")),
}


def policies() -> tuple[PolicyName, ...]:
    """Return the policies in the order in which they are offered."""
    return tuple(_WORDS)


def policy_name(policy: PolicyName) -> str:
    """Return what a policy is called, two to four characters."""
    return translate(_WORDS[policy][0])


def policy_sentence(policy: PolicyName) -> str:
    """Return what a policy does, in one sentence."""
    return translate(_WORDS[policy][1])
