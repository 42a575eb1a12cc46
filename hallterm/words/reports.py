"""What was reported, in words: for reports that a manager has to look at."""

from hallterm.words.language import mark, translate

_WORDS = {
    "TakeTicket": mark("取号"),
    "ReceiveCustomer": mark("接待"),
    "StartService": mark("开始办理"),
    "ParkService": mark("挂起"),
    "ReportBack": mark("客户回来"),
    "CustomerLeft": mark("客户离开"),
    "FinishService": mark("办结"),
    "RateService": mark("客户评价"),
    "PauseCounter": mark("暂停窗口"),
    "ReopenCounter": mark("窗口恢复"),
    "ReleaseCounter": mark("让出窗口"),
    "StartChecklist": mark("开始步骤单"),
    "TickSteps": mark("步骤完成"),
    "SkipStep": mark("跳过步骤"),
    "EndChecklist": mark("结束步骤单"),
    "GuideTo": mark("引导"),
    "CloseReception": mark("送别"),
    "UnmaskPerson": mark("查看完整号码"),
    "RecordPerson": mark("新建客户"),
    "ChangePerson": mark("修改资料"),
    "ReceiveProof": mark("收到凭据"),
    "ReportArrival": mark("客户到厅"),
    "TellCustomer": mark("答复客户"),
    "AnswerRequest": mark("客户答复"),
    "FollowUp": mark("回访"),
}


def report_word(command: str) -> str:
    """Return what a report is called; command: name of its class."""
    word = _WORDS.get(command)
    return translate(word) if word else translate(_OTHER)


_OTHER = mark("记录")
