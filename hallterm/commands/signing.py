"""Who gives a counter's command: 工号 and PIN, and the counter that goes with them."""

import os
import stat
import sys
from getpass import getpass
from pathlib import Path

from hallterm.commands.arguments import normal, shown, whole_number
from hallterm.commands.exits import RefusedError, WrongUsageError, unless_refused
from hallterm.desk.accounts import sign_in
from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.refusal import refuse
from hallterm.words import _

PIN_VARIABLE = "HALLTERM_PIN"
"""Environment variable that holds the PIN for scripts."""
_LONGEST_PIN = 64
_LAST_NUMBER = 99


def read_pin(pin_file: Path | None) -> str:
    """Return the PIN from a file, else from the environment, else from the keyboard.

    Raises:
        WrongUsageError: There is none, or others can read the file.
    """
    if pin_file is not None:
        return _from_file(pin_file)
    if (set_before := os.environ.get(PIN_VARIABLE)) is not None:
        return normal(set_before)
    if not sys.stdin.isatty():
        sentence = _("没有终端可以输入密码：用 --pin-file 或环境变量 {name}")
        raise WrongUsageError(sentence.format(name=PIN_VARIABLE))
    return normal(getpass(_("密码：")))


def _from_file(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_ISREG(mode) and mode & (stat.S_IRWXG | stat.S_IRWXO):
                sentence = _("别人也能读密码文件 {path}，请把权限改为 600")
                raise WrongUsageError(sentence.format(path=shown(str(path))))
            return normal(file.readline(_LONGEST_PIN))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else _("不是文字")
        sentence = _("读不了密码文件 {path}（{reason}）")
        raise WrongUsageError(sentence.format(path=shown(str(path)), reason=reason)) from error


def signed_in(desk: Desk, staff: str, pin_file: Path | None) -> Actor:
    """Judge 工号 and PIN.

    Raises:
        WrongUsageError: There is no PIN to judge.
        RefusedError: It is the wrong one, or the account is locked.
    """
    pin = read_pin(pin_file)
    return unless_refused(sign_in(desk, normal(staff), pin, "command_line")).actor


def at_counter(desk: Desk, actor: Actor, counter: str | None) -> None:
    """See that the actor sits at a counter; one that is free is taken.

    Whoever sits there already, at this or another terminal, goes on there.

    Raises:
        RefusedError: Somebody else sits there, or the actor sits elsewhere.
    """
    if counter is None:
        return
    number = whole_number(counter, "--counter", 1, _LAST_NUMBER)
    setups = desk.rules.company.counters.values()
    setup = next((setup for setup in setups if setup.number == number), None)
    if setup is None:
        raise RefusedError(refuse("unknown_counter", counter=number))
    if desk.hall.duty(setup.id).staff_id != actor.staff_id:
        taking = TakeCounter(counter_id=setup.id, session_id=desk.new_id())
        unless_refused(desk.act(actor, taking))
