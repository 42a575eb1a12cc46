"""How commands tell what came in."""

from hallterm.commands import post_shapes
from hallterm.commands.arguments import shown
from hallterm.commands.exits import WrongUsageError
from hallterm.commands.output import emit, say, say_lines
from hallterm.commands.post_text import came_lines
from hallterm.desk.collecting import Collected
from hallterm.words import _, joined


def tell_collected(found: Collected, *, as_json: bool) -> None:
    """Tell what letters brought.

    Raises:
        WrongUsageError: some files are no letters; the others were taken.
    """
    if as_json and not found.unreadable:
        emit([post_shapes.came(one) for one in found.new])
    elif not as_json:
        if not found.new:
            say(_("没有新的信件"))
        for one in found.new:
            say_lines(came_lines(shown(one.id), one))
    if found.unreadable:
        names = joined(shown(name) for name in found.unreadable)
        raise WrongUsageError(_("读不了：{names}").format(names=names))
