"""Somebody who works on special requests at a terminal of their own, by what the screen shows."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from tests.terminals.hands import ENTER, ESCAPE, PATIENCE, Hands, f

INBOX, PAGE_DOWN = "\x15", "\x1b[6~"
_GRACE = 0.6
"""Seconds that somebody reads a question before answering; keys are dead for the first half."""
_AT_ONCE = frozenset({"客户到厅"})
"""Steps that ask nothing."""
_REASON_ONLY = frozenset({"接手", "重开"})
"""Steps that ask why, and nothing else."""
_INBOX = "到哪一步"
_STORY = "F7 打印"


@dataclass(frozen=True, slots=True)
class Pick:
    """An answer that is picked by its digit."""

    option: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person at one terminal."""

    hands: Hands

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return self.hands.terminal.text

    def to_inbox(self) -> None:
        """Go to what waits, from wherever this person is."""
        if "Esc 返回" in self.text:
            self.hands.terminal.type(ESCAPE)
            self.gone("Esc 返回")
        if _INBOX not in self.text or _STORY in self.text:
            self.hands.terminal.type(INBOX)
        self.hands.until(rf"^ 待办 +编号 .*{_INBOX}")

    def take_down(self, customer: str, kind: str, amount: str, asked: str) -> str:
        """Take a request down for a customer, found by the number's end; return its number."""
        self.to_inbox()
        self.hands(f(2), "哪位客户的特殊需求？")
        self.hands(customer, "找到 1 位")
        self.hands(ENTER, "先解释和安抚")
        self.hands.terminal.type(self._digit(rf"^ +(\d)  {kind}"))
        self.hands.see("怎样解释的")
        if amount:
            self._write(amount)
        self._write(asked)
        self._write("解释了规定")
        self._pick("不满")
        self.hands.terminal.type(f(9))
        return self.hands.until(r"✓ (\d{4}-\d{4}) 已登记。")[1]

    def open(self, number: str) -> None:
        """Have a request with its whole story on the screen."""
        if self._shows(number):
            return
        self.to_inbox()
        if "F4 回待办" in self.text:
            self.hands.terminal.type(f(4))
            self.gone("F4 回待办")
        self.hands(f(3), "查找特殊需求")
        self._write(number)
        self.hands.until("F4 回待办")
        self.hands.until(rf"^>\S* *{number} ")
        self.hands(ENTER, _STORY)
        self.hands.until(rf"^ {number}  ")

    def _shows(self, number: str) -> bool:
        head = re.search(rf"^ {number}  ", self.text, re.MULTILINE)
        return _STORY in self.text and head is not None

    def sees(self, number: str, words: str) -> None:
        """Have a request on the screen, and wait for words in it."""
        self.open(number)
        self.hands.until(words)

    def does(self, number: str, act: str, *answers: "str | Pick", then: str) -> None:
        """Do a step, as the screen offers it; afterwards the request stands where it is said.

        answers: to what the form asks, in its order; a Pick first for the list of reasons.
        """
        self.open(number)
        self._choose(act)
        self._answer(number, act, answers)
        self.hands.until(rf"^ {number}  .*{then}")

    def tries(self, number: str, act: str, *answers: "str | Pick", told: str) -> None:
        """Do a step that is refused: the form stays and says why; leave it."""
        self.open(number)
        self._choose(act)
        self.hands.until(rf"^ {{2,}}{number}  .*  {re.escape(act)} *$")
        self.reads()
        self._fill(answers)
        self.hands.terminal.type(f(9))
        self.hands.see(told)
        self.hands(ESCAPE, _STORY)

    def tries_in_vain(self, number: str, act: str, told: str) -> None:
        """Press the digit of something that can't be done yet; the line says why."""
        self.open(number)
        self._choose(act)
        self.hands.until(rf"^ [✗!]? ?.*{told}.* 数字 办下一步")

    def lets_decide(
        self, number: str, staff_id: str, pin: str, act: str, *answers: "str | Pick", then: str
    ) -> None:
        """Let somebody do a step here by 工号 and PIN."""
        self.open(number)
        self.hands(f(2), "由谁在这里办？")
        self._write(staff_id)
        self.hands.terminal.type(pin)
        self.hands.see("•" * len(pin))
        self.hands(ENTER, f"{staff_id}：做什么？")
        self.reads()
        self.picks(act)
        self._answer(number, act, answers)
        self.hands.until(rf"^ {number}  .*{then}")

    def offers(self, number: str, act: str) -> bool:
        """Say whether a step is offered, having seen the request and waited for a digit."""
        self.open(number)
        self.hands.until(r"^ 1 \S")
        self._still()
        return re.search(rf" \d {re.escape(act)}(?: |$)", self.text, re.MULTILINE) is not None

    def _choose(self, act: str) -> None:
        """Press the digit of something that is offered, now or in the list of all of it."""
        self._still()
        offered = rf"(?:^| )(\d) {re.escape(act)}(?: |$)"
        self.hands.until(rf"{offered}|\d 更多（F4）")
        if found := re.search(offered, self.text, re.MULTILINE):
            self.hands.terminal.type(found[1])
            return
        self.hands(f(4), "做什么？")
        self.picks(act)

    def _still(self) -> None:
        """Wait until the story is not being painted: digits mean what stands there then."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            before = self.text
            for _ in range(4):
                self.hands.terminal.read(0.05)
            if _without_clocks(self.text) == _without_clocks(before):
                return

    def picks(self, option: str) -> None:
        """Press the digit of a line of a list, on whatever page it stands."""
        line = rf"^[ >]+(\d)  {re.escape(option)}(?: |$)"
        if not re.search(line, self.text, re.MULTILINE) and "1/2" in self.text:
            self.hands(PAGE_DOWN, "2/2")
        self.hands.terminal.type(self._digit(line))

    def _digit(self, pattern: str) -> str:
        return self.hands.until(pattern)[1]

    def _answer(self, number: str, act: str, answers: "tuple[str | Pick, ...]") -> None:
        title = rf"^ {{2,}}{number}  .*  {re.escape(act)}"
        rest = list(answers)
        if rest and isinstance(first := rest[0], Pick) and self._asks_why(title):
            self.reads()
            self.picks(first.option)
            del rest[0]
        if act in _AT_ONCE | _REASON_ONLY:
            return
        self.hands.until(rf"{title} *$")
        self.reads()
        self._fill(rest)
        self.hands.terminal.type(f(9))
        self.gone(rf"{title} *$")

    def _fill(self, answers: "Iterable[str | Pick]") -> None:
        for one in answers:
            if isinstance(one, Pick):
                self._pick(one.option)
                self.hands.terminal.type(ENTER)
            else:
                self._write(one)

    def _asks_why(self, title: str) -> bool:
        return "：为什么？" in self.hands.until(rf"{title}(?:：为什么？)? *$")[0]

    def reads(self) -> None:
        """Read a question first, as everybody has to."""
        end = time.monotonic() + _GRACE
        while time.monotonic() < end:
            self.hands.terminal.read(0.05)

    def gone(self, pattern: str) -> None:
        """Wait until something stands there no more."""
        give_up = time.monotonic() + PATIENCE
        while re.search(pattern, self.text, re.MULTILINE):
            assert time.monotonic() < give_up, f"{pattern!r} did not go:\n{self.text}"
            self.hands.terminal.read(0.05)

    def _pick(self, option: str) -> None:
        self.hands.terminal.type(self._digit(rf"(\d) [ ✓]{option}"))
        self.hands.until(rf"\d ✓{option}")

    def _write(self, text: str) -> None:
        if text:
            self.hands.terminal.type(text)
            self.hands.see(text[:10])
        self.hands.terminal.type(ENTER)


def _without_clocks(text: str) -> str:
    return re.sub(r"\d+:\d\d(?::\d\d)?", "", text)
