"""What is shown of a person to whom (掩码)."""

from hallterm.domain.person.details import PersonKind
from hallterm.domain.roles import CARERS, Role

_LONG = 12
_SHORTEST = 7


def mask_phone(phone: str | None) -> str:
    """Return a telephone number with its middle hidden: 138****1234."""
    if not phone:
        return ""
    if len(phone) < _SHORTEST:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def mask_id_number(number: str | None) -> str:
    """Return a document's number with its middle hidden: 110***********1234."""
    if not number:
        return ""
    if len(number) >= _LONG:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return "*" * max(len(number) - 2, 0) + number[-2:]


def mask_vip_card(card: str | None) -> str:
    """Return a VIP card's number with all but its last four characters hidden."""
    if not card:
        return ""
    kept = 4 if len(card) > 2 * 4 else 2
    return "*" * (len(card) - kept) + card[-kept:]


def mask_name(name: str, kind: PersonKind = PersonKind.INDIVIDUAL) -> str:
    """Return a person's name with all but the first character hidden: 张**.

    Names of companies are public and stay.
    """
    if kind is PersonKind.COMPANY or not name:
        return name
    return name[0] + "*" * min(len(name) - 1, 2)


def name_for(name: str, kind: PersonKind, roles: frozenset[Role]) -> str:
    """Return the name as these roles may see it: whole for those who address customers.

    Nobody addresses a customer by half a name; administrators, machines and 营业管理室 don't
    address anybody.
    """
    return name if not roles.isdisjoint(CARERS) else mask_name(name, kind)


def mask_field(field: str, value: str | None) -> str:
    """Return the masked form of one of the secret fields.

    Raises:
        KeyError: the field isn't a secret one.
    """
    return {"phone": mask_phone, "id_number": mask_id_number, "vip_card": mask_vip_card}[field](
        value
    )
