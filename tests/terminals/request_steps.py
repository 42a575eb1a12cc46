"""What several people do with one request, up to where the branches part."""

from tests.terminals.person import Person, Pick
from tests.terminals.request_hall import CUSTOMER, RequestHall

CALM, UPSET = Pick("平静"), Pick("不满")


def asked(hall: RequestHall, kind: str = "减免费用", amount: str = "60") -> str:
    """The clerk takes a request down; the explanation is not accepted."""
    clerk = hall.person("clerk")
    number = clerk.take_down(CUSTOMER, kind, amount, "国际漫游费用想减免")
    clerk.does(number, "客户不接受", UPSET, "等不及", then="待店面经理决定")
    return number


def beyond_the_store(hall: RequestHall, amount: str = "300") -> str:
    """The store manager may not grant it, and the customer wants more."""
    number = asked(hall, amount=amount)
    manager, clerk = hall.person("manager"), hall.person("clerk")
    manager.does(number, "不同意", Pick("超出权限"), "请示客户经理", then="待答复客户")
    clerk.does(number, "客户不接受", UPSET, "请再想办法", then="待客户经理决定")
    return number


def accepts(person: Person, number: str, then: str) -> None:
    """The customer is content with the answer."""
    person.does(number, "客户接受", CALM, "", then=then)


def written(keeper: Person, number: str, solution: str) -> None:
    """The account manager writes the form."""
    answers = (Pick("客服中心质量主管"), "陈主管：同意", solution, "300")
    keeper.does(number, "写流转单", *answers, then="大客户室待送")


def at_the_hall(hall: RequestHall) -> str:
    """A form is written, returned, written anew, refused, written again, approved, sent on."""
    number = beyond_the_store(hall)
    keeper, liaison = hall.person("keeper"), hall.person("liaison")
    operations = hall.person("operations")
    keeper.does(number, "客户经理接手", "请示上级", then="客户经理处理")
    written(keeper, number, "减免 300 元")
    liaison.does(number, "退回重写", Pick("方案不清楚"), "哪个月的费用？", then="退回重写")
    written(keeper, number, "减免 10 月国际漫游费 300 元")
    liaison.does(number, "送营业管理室", then="营业管理室待批")
    operations.does(
        number, "不批准", Pick("公司规定不允许"), "要有质量主管意见", then="客户经理处理"
    )
    written(keeper, number, "质量主管同意减免 10 月漫游费 300 元")
    liaison.does(number, "送营业管理室", then="营业管理室待批")
    operations.does(number, "批准", "同意", then="已批待发")
    operations.does(number, "发到营业厅", then="本厅待办")
    return number


def carried_out(hall: RequestHall) -> str:
    """A superior's solution is carried out with its three confirmations, followed up, closed."""
    number = at_the_hall(hall)
    clerk, keeper = hall.person("clerk"), hall.person("keeper")
    hall.person("signer").does(number, "签字传真", then="本厅待办")
    # the letter and the fax that really left the building come in at the hall
    letter, page = hall.posted(number)
    hall.run("mail", "import", str(letter))
    clerk.sees(number, r"邮件 ✓ +传真 ✗ +电话核实 ✗")
    clerk.tries_in_vain(number, "办理", told="传真")
    hall.run("fax", "take", str(page))
    clerk.sees(number, r"邮件 ✓ +传真 ✓ +电话核实 ✗")
    clerk.does(number, "客户到厅", then="本厅待办")
    clerk.does(number, "不是本人", "5001", "来的是家人", then="本厅待办")
    clerk.does(number, "约时间", Pick("约到厅"), hall.tomorrow("10:00"), "", "本人来", then="本厅")
    clerk.does(number, "电话核实", "5001", "客户经理认出声音", then="本厅待办")
    clerk.sees(number, r"邮件 ✓ +传真 ✓ +电话核实 ✓")
    clerk.does(number, "办理", CALM, "已减免", then="待回访")
    keeper.does(number, "回访", Pick("满意"), "客户满意", then="已回访待结")
    clerk.does(number, "结案", then="流转单协助解决")
    return number
