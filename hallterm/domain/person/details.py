"""What a person's record holds, and the closed sets of words in it."""

from datetime import datetime
from enum import StrEnum

from hallterm.domain.frozen import Frozen
from hallterm.domain.tiers import GRADE_ORDER, Grade, Tier


class PersonKind(StrEnum):
    """Who holds the subscription."""

    INDIVIDUAL = "individual"
    """个人."""
    COMPANY = "company"
    """单位: comes through an agent (经办人)."""


class Brand(StrEnum):
    """The customer's brand (品牌)."""

    GOTONE = "gotone"
    """全球通."""
    M_ZONE = "m_zone"
    """动感地带."""
    EASYOWN = "easyown"
    """神州行."""
    OTHER = "other"


class Home(StrEnum):
    """Where the number belongs (归属)."""

    LOCAL = "local"
    """本地."""
    VISITING = "visiting"
    """异地."""


class ConsentWay(StrEnum):
    """How consent to keeping the data was given (S2)."""

    SPOKEN = "spoken"
    """Said at the counter after the purpose was told."""
    SIGNED = "signed"
    """Signed on a form."""
    CONTRACT = "contract"
    """Part of the service contract; what an import brings."""


class ConsentPurpose(StrEnum):
    """What the customer was told the data is for (S2)."""

    SERVICE = "service"
    """Serving the customer at the hall."""
    SERVICE_AND_CARE = "service_and_care"
    """Serving, and care calls by the account manager as well."""


class PersonDetails(Frozen):
    """One person's record as it stands. Personal: never goes into the log or a log file."""

    kind: PersonKind = PersonKind.INDIVIDUAL
    name: str = ""
    phone: str | None = None
    """Subscription number (手机号码): 11 digits, a landline with area code, or +country number."""
    vip_card: str | None = None
    """VIP卡号."""
    id_number: str | None = None
    """证件号码."""
    tier: Tier = Tier.STANDARD
    grade: Grade | None = None
    account_manager: str | None = None
    """工号 of the 客户经理."""
    brand: Brand = Brand.OTHER
    home: Home = Home.LOCAL
    group_member: bool = False
    """集团客户."""
    special: bool = False
    """Specially flagged: requests come first and are reported to a superior (S1 §13)."""
    contact: str | None = None
    """A company's contact person."""
    notes: str | None = None
    consent_at: datetime | None = None
    """When consent was given; None when only the import's source knows."""
    consent_way: ConsentWay | None = None
    consent_purpose: ConsentPurpose | None = None


FIELDS: tuple[str, ...] = tuple(PersonDetails.model_fields)
"""Names of the fields, in the order of the record."""

PRIVILEGED = frozenset({"tier", "grade", "special"})
"""Fields that only a manager changes, with a reason."""

SECRET = frozenset({"phone", "id_number", "vip_card"})
"""Fields shown masked; seeing them whole is recorded with a reason."""

LOWEST_RANK = 4
"""Rank of customers who are neither VIP nor GoTone."""


def served_as(tier: Tier, grade: Grade | None) -> Grade | None:
    """Return the grade as which a customer is served: silver for a VIP whose card isn't known.

    Other systems' lists often say VIP and no more; nobody is sent away for that.
    """
    return Grade.SILVER if tier is Tier.VIP and grade is None else grade


def rank(tier: Tier, grade: Grade | None) -> int:
    """Return a customer's place in a list: 0 diamond, 1 gold, 2 silver, 3 GoTone, 4 the rest."""
    if tier is Tier.VIP:
        return GRADE_ORDER[served_as(tier, grade)]
    return LOWEST_RANK - 1 if tier is Tier.GOTONE else LOWEST_RANK
