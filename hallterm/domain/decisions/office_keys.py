"""Decisions about the keys of offices."""

from hallterm.domain.actor import Circumstances
from hallterm.domain.company import commands as cmd
from hallterm.domain.company import events as ev
from hallterm.domain.company.keys import key_id_of
from hallterm.domain.hall import Rules
from hallterm.domain.refusal import Refusal, refuse

Answer = tuple[ev.ConfigurationEvent, ...] | Refusal


def add(rules: Rules, command: cmd.AddOfficeKey, where: Circumstances) -> Answer:
    """Add a key. The first of an office comes with its first seal; another is an order."""
    keys = rules.company.office_keys
    key_id = key_id_of(command.public_key)
    if key_id in keys:
        return refuse("office_key_exists", key=key_id)
    used = any(k.office is command.office and k.retired_at is None for k in keys.values())
    if used and not where.actor.is_one_of(cmd.ADMINISTRATORS):
        return refuse("not_allowed", command="AddOfficeKey")
    added = ev.OfficeKeyAdded(office=command.office, public_key=command.public_key)
    return (added,)


def retire(rules: Rules, command: cmd.RetireOfficeKey, _: Circumstances) -> Answer:
    """Take a key out of use; one that is out of use can still be revoked."""
    key = rules.company.office_keys.get(command.key_id)
    if key is None:
        return refuse("unknown_office_key", key=command.key_id)
    if key.retired_at is not None and (key.revoked or not command.revoked):
        return ()
    return (ev.OfficeKeyRetired(key_id=key.key_id, revoked=command.revoked),)
