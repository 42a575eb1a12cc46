"""Names of made-up customers: surnames by how common they are, and characters of given names.

Shares of the twenty most common surnames are those the National Bureau of Statistics gave for
2010; the order down to the hundredth follows the yearly lists of the Ministry of Public Security.
Beyond the twentieth a share is not a count but a curve: it falls with rank as rank^-0.975 to the
hundredth, which meets the published 85 % for the first hundred, and with rank^-2.2 after that.
"""

_COMMONEST = {
    "王": 7.10,
    "李": 6.96,
    "张": 6.42,
    "刘": 5.16,
    "陈": 4.26,
    "杨": 2.97,
    "黄": 2.16,
    "赵": 2.03,
    "周": 1.88,
    "吴": 1.78,
    "徐": 1.43,
    "孙": 1.39,
    "马": 1.34,
    "胡": 1.16,
    "朱": 1.14,
    "郭": 1.09,
    "何": 1.05,
    "罗": 1.00,
    "高": 0.97,
    "林": 0.96,
}
"""Share of the population, percent."""

_TO_HUNDREDTH = (
    "郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷"
    "龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_BEYOND = (
    "汤康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦"
    "俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆"
    "蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪"
    "简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵"
    "苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘"
    "满闻位厉伊仝区阚郜海阎花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国"
    "狄平计索宣晋相初门云容敬来扈晁芮都普浦戈伏鹿薄邸雍辜羊阙乜员"
)
_DOUBLE = ("欧阳", "上官", "皇甫", "令狐", "司徒", "诸葛", "司马", "申屠", "夏侯", "尉迟", "慕容")
"""Double surnames (复姓); only 欧阳 is at all common."""

_KNEE, _FIRST_FITTED = 100, 21
_LAST_KNOWN_SHARE, _EARLY_FALL, _LATE_FALL = 0.96, 0.975, 2.2
_SHARE_OF_OUYANG, _SHARE_OF_OTHER_DOUBLE = 0.068, 0.003


def _fitted_share(rank: int) -> float:
    early: float = ((_FIRST_FITTED - 1) / min(rank, _KNEE)) ** _EARLY_FALL
    late: float = (_KNEE / max(rank, _KNEE)) ** _LATE_FALL
    return _LAST_KNOWN_SHARE * early * late


def _surname_shares() -> dict[str, float]:
    shares = dict(_COMMONEST)
    for rank, surname in enumerate(_TO_HUNDREDTH + _BEYOND, _FIRST_FITTED):
        shares.setdefault(surname, _fitted_share(rank))
    for surname in _DOUBLE:
        shares[surname] = _SHARE_OF_OUYANG if surname == "欧阳" else _SHARE_OF_OTHER_DOUBLE
    return shares


SURNAMES: dict[str, float] = _surname_shares()
"""Surname → share of the population, percent. They add up to somewhat less than 100."""

MEN_EARLIER = (
    "伟强军勇杰涛明超刚平辉鹏华飞波斌宇浩凯健俊峰建国文志海林永新春民庆忠德福贵成光荣立生金祥"
    "宏亮东兵龙玉树根富清良学义振兴维克诚武松"
)
WOMEN_EARLIER = (
    "芳娜敏静丽艳娟霞燕玲桂英秀兰梅红云萍莉洁琴凤珍玉华慧淑晓春香月莲爱荣巧菊翠金素美彩丹蓉琳颖"
    "青琼惠雪萌群花"
)
MEN_LATER = (
    "子轩浩宇博文俊杰泽洋天佑梓豪嘉懿晨睿一鸣皓辰奕航铭煜城宸逸霖昊然思远瑞楷钧哲翰墨承恩景行家乐"
    "明哲凯锐川野舟"
)
WOMEN_LATER = (
    "欣怡雨桐梓涵诗琪佳子萱语嫣可馨思颖梦瑶雅婷若曦悦晴依诺婉清一心紫芸安然初夏雪儿沐彤玥妍楚宁"
    "静姝灵璇珂芷"
)

PLACES = (
    *("北京", "上海", "广州", "深圳", "杭州", "成都", "武汉", "南京", "西安", "济南"),
    *("青岛", "郑州", "沈阳", "大连", "长沙", "福州", "厦门", "合肥", "南昌", "重庆"),
)
COMPANY_WORDS = "宏达盛源恒信华泰天诚嘉瑞新通安鑫中联博远金利东方正大海昌顺汇丰隆永兴智云启明"
TRADES = (
    *("贸易", "科技", "建筑工程", "物流", "餐饮管理", "电子"),
    *("机械设备", "广告传媒", "环保科技", "商务咨询", "食品", "装饰工程"),
)
COMPANY_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "分公司")
