"""Words for a refusal in which tries at a PIN may be left."""

from hallterm.domain.refusal import Refusal
from hallterm.words import _


def pin_words(refusal: Refusal) -> str:
    """Say why not, and after a wrong PIN how many tries are left."""
    from hallterm.words.refusals import explain  # noqa: PLC0415 - only after the first frame

    left = refusal.args.get("left", 0)
    if refusal.code == "wrong_pin" and isinstance(left, int) and left > 0:
        return _("工号或密码不对，还可以试 {left} 次。").format(left=left)
    return f"{explain(refusal)}{_('。')}"
