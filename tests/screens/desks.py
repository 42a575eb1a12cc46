"""A desk made of plain values: it notes what it was asked and answers what a test prepared."""

from dataclasses import replace

from hallterm.desk.views import CounterView
from hallterm.domain.refusal import Refusal
from hallterm.screens.desk_port import Answer


class SampleDesk:
    """Answers every command with `answer`, or with the view it has."""

    def __init__(self, view: CounterView) -> None:
        self.view = view
        self.asked: list[tuple[object, ...]] = []
        self.answers: dict[str, CounterView | Refusal | Exception] = {}

    def poll(self) -> CounterView:
        return self.view

    def businesses(self) -> list[tuple[str, str]]:
        return [("pay", "缴费"), ("sim", "补卡"), ("transfer", "过户")]

    def _do(self, name: str, *args: object) -> Answer:
        self.asked.append((name, *args))
        answer = self.answers.get(name)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Refusal):
            return answer
        self.view = replace(
            answer or self.view, hall=replace(self.view.hall, version=self.view.hall.version + 1)
        )
        return self.view

    def call_next(self) -> Answer:
        return self._do("call_next")

    def call_given(self, ticket_id: str, reason: object) -> Answer:
        return self._do("call_given", ticket_id, reason)

    def cost(self, ticket_id: str) -> str:
        return f"改叫这一位，{ticket_id} 以外的人要多等"

    def recall(self, ticket_id: str) -> Answer:
        return self._do("recall", ticket_id)

    def start(self, ticket_id: str) -> Answer:
        return self._do("start", ticket_id)

    def park(self, ticket_id: str, reason: object) -> Answer:
        return self._do("park", ticket_id, reason)

    def resume(self, ticket_id: str) -> Answer:
        return self._do("resume", ticket_id)

    def pass_over(self, ticket_id: str) -> Answer:
        return self._do("pass_over", ticket_id)

    def transfer(self, ticket_id: str, counter_id: str | None, business_id: str | None) -> Answer:
        return self._do("transfer", ticket_id, counter_id, business_id)

    def left(self, ticket_id: str, reason: object) -> Answer:
        return self._do("left", ticket_id, reason)

    def finish(self, ticket_id: str, outcome: object) -> Answer:
        return self._do("finish", ticket_id, outcome)

    def finish_and_call_next(self, ticket_id: str) -> Answer:
        return self._do("finish_and_call_next", ticket_id)

    def undo(self, reason: object) -> Answer:
        return self._do("undo", reason)

    def receive(self, ticket_id: str) -> Answer:
        return self._do("receive", ticket_id)

    def report_back(self, ticket_id: str) -> Answer:
        return self._do("report_back", ticket_id)

    def rate(self, ticket_id: str, rating: object) -> Answer:
        return self._do("rate", ticket_id, rating)

    def pause(self, reason: object) -> Answer:
        return self._do("pause", reason)

    def reopen(self) -> Answer:
        return self._do("reopen")
