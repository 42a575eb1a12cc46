"""The offices' keys: made when an office first seals, replaced on order, listed for everybody."""

from hallterm.desk.desk import Desk
from hallterm.desk.transaction import Transaction
from hallterm.domain.actor import Actor
from hallterm.domain.company.commands import AddOfficeKey, RetireOfficeKey
from hallterm.domain.company.keys import Office, OfficeKey, key_id_of
from hallterm.domain.company.state import Company
from hallterm.domain.refusal import Refusal, refuse
from hallterm.forms.sealing import new_secret, public_of
from hallterm.store.log import to_ms
from hallterm.store.post.seals import forget_secret, keep_secret, secret_of


def trusted_keys(company: Company) -> dict[str, str]:
    """Return public keys by id, those out of use too, but none that got into wrong hands."""
    return {k.key_id: k.public_key for k in company.office_keys.values() if not k.revoked}


def keys_in_use(company: Company, office: Office) -> list[OfficeKey]:
    """Return an office's keys in use, the newest first."""
    keys = (k for k in company.office_keys.values() if k.office is office and not k.retired_at)
    return sorted(keys, key=lambda key: (key.added_at, key.key_id), reverse=True)


def secret_for(transaction: Transaction, office: Office) -> str | Refusal:
    """Return the private key with which an office seals; its first one is made here.

    Refusals: office_key_elsewhere.
    """
    used = keys_in_use(transaction.rules.company, office)
    for key in used:
        secret = secret_of(transaction.connection, key.key_id)
        if secret is not None:
            return secret
    if used:
        return refuse("office_key_elsewhere", key=used[0].key_id)
    return _new(transaction, office)


def replace_key(desk: Desk, actor: Actor, office: Office) -> str | Refusal:
    """Give an office a new key and take the others out of use; return the new one's id."""
    with desk.transaction(actor) as transaction:
        old = keys_in_use(transaction.rules.company, office)
        return _changed(transaction, office, [RetireOfficeKey(key_id=key.key_id) for key in old])


def revoke_key(desk: Desk, actor: Actor, key_id: str) -> str | Refusal:
    """Declare that a key got into wrong hands: nothing it sealed is good any more.

    The office gets a new one, whose id is returned; forms are sealed anew when they are next made.
    """
    with desk.transaction(actor) as transaction:
        key = transaction.rules.company.office_keys.get(key_id)
        if key is None:
            transaction.abandon()
            return refuse("unknown_office_key", key=key_id)
        return _changed(transaction, key.office, [RetireOfficeKey(key_id=key_id, revoked=True)])


def _changed(
    transaction: Transaction, office: Office, retiring: list[RetireOfficeKey]
) -> str | Refusal:
    secret = _new(transaction, office)
    answers = [transaction.perform(command) for command in retiring]
    refused = next((one for one in (secret, *answers) if isinstance(one, Refusal)), None)
    if isinstance(secret, Refusal) or refused is not None:
        transaction.abandon()
        return refused or refuse("not_allowed", command="AddOfficeKey")
    for command in retiring:
        forget_secret(transaction.connection, command.key_id)
    return key_id_of(public_of(secret))


def _new(transaction: Transaction, office: Office) -> str | Refusal:
    secret = new_secret()
    public = public_of(secret)
    answer = transaction.perform(AddOfficeKey(office=office, public_key=public))
    if isinstance(answer, Refusal):
        return answer
    at = to_ms(transaction.where.at)
    keep_secret(transaction.connection, key_id_of(public), secret, at)
    return secret
