"""Joining a home: from then on the store follows its streams (加入中心)."""

from hallterm.desk.desk import Desk
from hallterm.domain.refusal import Refusal, refuse
from hallterm.store import outbox
from hallterm.store.connection import writing
from hallterm.store.log import heads


def follow(desk: Desk, hall_id: str, lane: int, epoch: int) -> Refusal | None:
    """Make an empty store follow a home under the desk's device name.

    Two histories never merge: a store that has one of its own can only be adopted whole, by
    becoming the home's store itself.

    lane: 1 or more, of this device alone; ends the numbers it gives when it has no lent ones.
    """
    with writing(desk.connection) as connection:
        if outbox.read_link(connection) is not None:
            return refuse("already_joined")
        if any(heads(connection).values()):
            return refuse("store_not_empty")
        outbox.write_link(
            connection, outbox.Link(device=desk.device, hall=hall_id, lane=lane, epoch=epoch)
        )
    desk.replica.loaded = False
    return None
