"""Puts the end of a command into words: a refusal, a slip in usage, a fault."""

import errno
import logging

import typer

from hallterm.commands.exits import Exit, RefusedError, WrongUsageError
from hallterm.commands.output import emit, warn
from hallterm.words import _

_log = logging.getLogger("hallterm.cli")


def ended(error: BaseException, *, as_json: bool) -> Exit:
    """Tell the person, and with `as_json` the script, why a command ended; return its exit code.

    JSON on the standard output: `{"refused": code, "message": …}` for a rule, `{"usage": …}` for
    a wrong command line, `{"fault": code, "message": …}` for everything else.
    """
    code, value, sentences = _told(error)
    try:
        if as_json and value:
            emit(value)
        for sentence in sentences:
            warn(sentence)
    except OSError:
        return Exit.OUTPUT_CLOSED
    return code


def _told(error: BaseException) -> tuple[Exit, dict[str, str], list[str]]:
    match error:
        case RefusedError():
            from hallterm.words.refusals import explain  # noqa: PLC0415 - only a refusal needs it

            text = explain(error.refusal)
            return Exit.REFUSED, {"refused": error.refusal.code, "message": text}, [text]
        case WrongUsageError():
            hint = _("用法见 hallterm --help，或在命令后面加 --help")
            return Exit.WRONG_USAGE, {"usage": str(error)}, [str(error), hint]
        case KeyboardInterrupt() | typer.Abort():
            return Exit.INTERRUPTED, {}, []
        case OSError(errno=errno.EPIPE):
            return Exit.OUTPUT_CLOSED, {}, []
        case _:
            code, sentences = _fault(error)
            return Exit.FAULT, {"fault": code, "message": " ".join(sentences)}, sentences


def _fault(error: BaseException) -> tuple[str, list[str]]:
    from hallterm.configuration import ConfigurationProblems  # noqa: PLC0415 - only a fault needs
    from hallterm.store.faults import StoreFaultError, translate  # noqa: PLC0415 - them

    if isinstance(error, ConfigurationProblems):
        return "configuration", [problem.text for problem in error.problems]
    from hallterm.sync.faults import HubFaultError  # noqa: PLC0415 - see above

    if isinstance(error, HubFaultError):
        from hallterm.words.hub_faults import explain_hub_fault  # noqa: PLC0415 - see above

        return error.code, [explain_hub_fault(error.code, error.detail)]
    known = error if isinstance(error, StoreFaultError) else translate(error)
    if known is not None:
        from hallterm.words.faults import explain_fault  # noqa: PLC0415 - see above

        return known.code, [explain_fault(known.code, known.detail)]
    return "program", [_unknown(error)]


def _unknown(error: BaseException) -> str:
    from hallterm.commands.opening import log_here  # noqa: PLC0415 - see above

    path = log_here()
    _log.error("command failed", exc_info=error)
    if path is None:
        kind = type(error).__name__
        return _("程序出错（{kind}），这一步没有完成；日志也写不了").format(kind=kind)
    return _("程序出错，这一步没有完成。详情已写入 {path}，请交给维护人员").format(path=path)
