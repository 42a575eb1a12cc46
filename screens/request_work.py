"""The desk as the screens of special requests use it, for one person; on the desk's thread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hallterm.desk import requests
from hallterm.desk.accounts import SignedIn, sign_in
from hallterm.desk.desk import Desk, Done
from hallterm.desk.persons import get as get_person
from hallterm.desk.post_status import NOTHING_WAITS, PostStatus, post_status
from hallterm.desk.request_acts import Act
from hallterm.desk.request_board import RequestBoard
from hallterm.desk.request_search import listed
from hallterm.desk.request_story import printed
from hallterm.desk.request_views import RequestPage, RequestRow, Why
from hallterm.desk.requests import Taken
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request.authority import RequestKind
from hallterm.domain.roles import MANAGERS, OFFICES
from hallterm.screens.letter_work import LetterWork


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a terminal's tick has found."""

    rows: tuple[RequestRow, ...]
    """The person's inbox."""
    fresh: tuple[RequestRow, ...]
    """What has come to this person, or was reminded of, since the last tick: ring."""


def no_paper(_: Sequence[str]) -> str:
    """Print nothing; for terminals without a printer and for tests."""
    return ""


class RequestWork:
    """Binds the use cases of requests to one actor."""

    def __init__(
        self, desk: Desk, actor: Actor, printer: Callable[[Sequence[str]], str] = no_paper
    ) -> None:
        self._desk = desk
        self.actor = actor
        self._printer = printer
        self._board = RequestBoard(desk)
        self._rows: tuple[RequestRow, ...] = ()
        self._seen = -1
        self._known: set[tuple[str, str, int]] | None = None

    def watch(self) -> Waiting:
        """Remind and end what is due; say what waits, and what for the first time."""
        rows = self.inbox()
        pressing = _pressing(rows)
        known = set(pressing) if self._known is None else self._known
        fresh = tuple(row for key, row in pressing.items() if key not in known)
        self._known = set(pressing)
        return Waiting(rows, fresh)

    def inbox(self) -> tuple[RequestRow, ...]:
        """Return the inbox; the same rows while nothing has changed."""
        self._desk.refresh()
        requests.keep_time(self._desk)
        if self._desk.replica.version != self._seen:
            self._seen = self._desk.replica.version
            self._rows = self._board.inbox(self.actor)
        return self._rows

    def search(self, text: str) -> tuple[RequestRow, ...]:
        """Return requests, closed ones too, that fit what was typed."""
        self._desk.refresh()
        found = listed(self._desk, closed=True, text=text)
        return tuple(self._board.rows(self.actor, found))

    def page(self, request_id: str, actor: Actor | None = None) -> RequestPage | None:
        """Return one request with its story, and what the person, or another one, can do."""
        self._desk.refresh()
        requests.keep_time(self._desk)
        return self._board.page(request_id, actor or self.actor)

    def post(self) -> PostStatus:
        """Return what waits of the forms' mail and faxes; nothing for who has no forms in hand."""
        return post_status(self._desk) if self.has_forms else NOTHING_WAITS

    @property
    def has_forms(self) -> bool:
        """Whether this person has to do with the forms' mail and faxes."""
        return self.actor.is_one_of(MANAGERS | OFFICES)

    def letters(self) -> LetterWork:
        """Return the door to the letters themselves."""
        return LetterWork(self._desk, self.actor)

    @property
    def version(self) -> int:
        """Grows with every change that this process has read."""
        return self._desk.replica.version

    def kinds(self) -> tuple[RequestKind, ...]:
        """Return what can be asked for."""
        return self._desk.rules.authority.kinds

    def hall_id(self) -> str:
        """Return the id of this hall."""
        hall = self._desk.rules.company.hall
        return hall.id if hall else ""

    def customer(self, person_id: str) -> str:
        """Return how a customer is called."""
        view = get_person(self._desk, self.actor, person_id)
        return view.name if view else ""

    def open(
        self, person_id: str, typed: Mapping[str, str], ticket_id: str | None
    ) -> Taken | Refusal:
        """Take a request down."""
        answer = requests.open_request(self._desk, self.actor, person_id, typed, ticket_id)
        self._know()
        return answer

    def perform(
        self, request_id: str, act: Act, typed: Mapping[str, str], actor: Actor | None = None
    ) -> Done | Refusal:
        """Do the next step, oneself or as somebody who has just shown the PIN."""
        keys = self._desk.keyring
        signed = keys.needed or self._desk.replica.link is not None
        if actor is not None and signed and not keys.key_of(actor.staff_id):
            # The screen was locked meanwhile: whoever goes on now need not be the same person.
            return refuse("signature_wrong", staff=actor.staff_id)
        answer = requests.perform(self._desk, actor or self.actor, request_id, act, typed)
        self._know()
        return answer

    def _know(self) -> None:
        """Don't ring for what was done at this very terminal."""
        if self._known is not None:
            self._known = set(_pressing(self.inbox()))

    def lines(self, request_id: str) -> tuple[str, ...]:
        """Return a request and its story as lines for paper."""
        page = self.page(request_id)
        return tuple(printed(page)) if page else ()

    def print(self, lines: Sequence[str]) -> str:
        """Print lines, off the desk's thread; answers what went wrong, empty when nothing did."""
        return self._printer(lines)

    def identify(self, staff_id: str, pin: str) -> SignedIn | Refusal:
        """Judge 工号 and PIN for one step on this terminal; nobody is signed in or out."""
        return sign_in(self._desk, staff_id, pin, "request")

    def leave(self, actor: Actor) -> None:
        """Lock the key of somebody whose step here is over, unless they are signed in here."""
        if actor.staff_id != self.actor.staff_id:
            self._desk.keyring.lock(actor.staff_id)


def _pressing(rows: Sequence[RequestRow]) -> dict[tuple[str, str, int], RequestRow]:
    return {_key(row): row for row in rows if row.why is not Why.FOLLOWED}


def _key(row: RequestRow) -> tuple[str, str, int]:
    return row.request_id, row.state.value, row.reminded
