"""A form as tests and pictures use it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hallterm.domain.company.keys import key_id_of
from hallterm.forms.content import (
    Approval,
    Confirmation,
    Customer,
    FormContent,
    Order,
    Record,
    Stage,
    Verdict,
    Way,
    Who,
)
from hallterm.forms.copies import FormCopy
from hallterm.forms.sealing import public_of, seal_order, seal_record

DRAWN = datetime(2026, 11, 27, 2, 12, tzinfo=UTC)
"""10:12 in the hall."""
OFFICE, HALL = "1a" * 32, "2b" * 32
"""Private keys of the approving office and of the hall."""
KEYS = {key_id_of(public): public for public in (public_of(OFFICE), public_of(HALL))}
CUSTOMER = Customer(name="张丽华", phone="13800001234", salt="ab" * 16)
LIU = Who(staff_id="1004", name="刘洋")


def after(minutes: int) -> datetime:
    """Return a moment after the form was drawn up."""
    return DRAWN + timedelta(minutes=minutes)


def order(**changed: Any) -> Order:  # noqa: ANN401 - fields of Order
    """Return an approved order."""
    fields: dict[str, Any] = {
        "number": "XZ-20261127-0003",
        "hall_id": "jianshe",
        "hall": "建设路营业厅",
        "issuer": "客户服务中心 · 大客户服务室",
        "drawn_at": DRAWN,
        "approved_at": after(88),
        "valid_until": after(3 * 24 * 60),
        "tier": "VIP（钻石卡）",
        "customer_name": "张**",
        "customer_phone": "138****1234",
        "customer_digest": CUSTOMER.digest,
        "account_manager": Who(staff_id="2001", name="李梅"),
        "request": "客户要求为名下停机三个月的号码办理国际漫游，免收预存押金，明早八点前开通。",
        "solution": (
            "同意开通国际漫游，免收押金 3000 元；漫游期间欠费上限 5000 元。\n开通后由客户经理回访。"
        ),
        "decided_by": "王建国（大客户服务室主任）",
        "decided_at": after(-10),
        "by_phone": True,
        "approvals": (
            Approval(
                stage=Stage.VIP_OFFICE,
                who=Who(staff_id="5001", name="赵敏"),
                verdict=Verdict.SENT,
                at=after(20),
                words="材料齐全",
            ),
            Approval(
                stage=Stage.HALL_OPERATIONS,
                who=Who(staff_id="6001", name="钱程"),
                verdict=Verdict.APPROVED,
                at=after(88),
                words="请建设路厅协助",
            ),
        ),
        **changed,
    }
    return Order(**fields)


def record() -> Record:
    """Return what the hall has recorded, with everything confirmed and carried out."""
    ways = zip(Way, (95, 102, 190), ("邮件 3f2a9c71", "传真 9be01d44", "拨打 2001"), strict=True)
    return Record(
        received=(
            Approval(stage=Stage.STORE_MANAGER, who=LIU, verdict=Verdict.TAKEN, at=after(96)),
        ),
        confirmations=tuple(
            Confirmation(way=way, who=LIU, at=after(minutes), evidence=evidence)
            for way, minutes, evidence in ways
        ),
        result="已开通国际漫游，客户当面测试拨打成功。",
        result_by=LIU,
        result_at=after(205),
    )


def copy(
    ordered: Order | None = None,
    done: Record | None = None,
    *,
    whole: bool = True,
    reader: str = "协助营业厅",
) -> FormCopy:
    """Return a sealed copy."""
    content = FormContent(order=ordered or order(), record=done or Record())
    seals = [seal_order(content.order, OFFICE)]
    if done is not None:
        seals.append(seal_record(content, HALL))
    customer = CUSTOMER if whole else None
    return FormCopy(content=content, seals=tuple(seals), customer=customer, reader=reader)
