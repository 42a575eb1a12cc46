"""The hall of `desk_room` with everybody of the chain, and special requests on their way."""

from hallterm.desk import requests
from hallterm.desk.request_acts import Act
from hallterm.domain.actor import Actor
from hallterm.screens.request import RequestScreen
from hallterm.screens.requests import RequestsScreen
from tests.desk.request_rooms import (
    TO_ACCOUNT_MANAGER,
    TO_HALL,
    carried_on,
    opened,
    staff_up,
)
from tests.screens.desk_room import Room
from tests.support.requests import ACCOUNT_MANAGER, SIGNER
from tests.support.rulebook import CLERK


def chain(room: Room) -> None:
    """Hire the offices."""
    staff_up(room.desk)


def asked(room: Room, name: str = "张伟", **changes: str) -> str:
    """A request that was just taken down; answers with its id."""
    return opened(room.desk, room.ids[name], **changes).id


def at_store_manager(room: Room) -> str:
    """The explanation was not accepted."""
    request_id = asked(room)
    room.clock.advance(120)
    carried_on(room.desk, request_id, TO_ACCOUNT_MANAGER[:1])
    return request_id


def at_account_manager(room: Room) -> str:
    """The store manager's answer was not accepted, either."""
    request_id = at_store_manager(room)
    room.clock.advance(400)
    carried_on(room.desk, request_id, TO_ACCOUNT_MANAGER[1:])
    return request_id


def at_hall(room: Room) -> str:
    """The form has come, the mail, too; the fax and the call are missing."""
    request_id = at_store_manager(room)
    room.clock.advance(1500)
    mail = {"words": "营业管理室 10:05 来信，方案与流转单一致"}
    carried_on(room.desk, request_id, (*TO_HALL[1:], (CLERK, Act.MAIL_IN, mail)))
    return request_id


def several(room: Room) -> None:
    """One at the account manager, one at the hall, one just asked with words meant to break."""
    at_hall(room)
    room.clock.advance(60)
    odd = asked(
        room,
        "单雄信",
        kind="roaming_deposit_free",
        amount="",
        asked="[b]免押金[/b] #$ ' \" ../../etc $(rm) 𠮷" + "长" * 200,
    )
    room.clock.advance(700)
    requests.keep_time(room.desk)
    carried_on(room.desk, odd, ())
    by_phone = {"decider": "", "said": "周经理电话里说可以减"}
    third = at_store_manager(room)
    carried_on(room.desk, third, ((CLERK, Act.GRANT, by_phone),))


def inbox(room: Room) -> RequestsScreen:
    return RequestsScreen(room.hall_work().requests)


def story(room: Room, request_id: str) -> RequestScreen:
    return RequestScreen(room.hall_work().requests, request_id)


WHO: dict[str, Actor] = {"am": ACCOUNT_MANAGER, "signer": SIGNER, "clerk": CLERK}
