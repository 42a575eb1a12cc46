"""Fields of a request as they are written on the command line: name=value, once for each."""

from collections.abc import Iterable

from hallterm.commands.arguments import normal, shown
from hallterm.commands.exits import WrongUsageError
from hallterm.words import _


def fields_of(texts: Iterable[str]) -> dict[str, str]:
    """Return the fields by name.

    Raises:
        WrongUsageError: One has no ``=``.
    """
    fields = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise WrongUsageError(
                _("--set 要写成 名称=内容，不是“{text}”").format(text=shown(text))
            )
        fields[normal(name).replace("-", "_")] = value
    return fields
