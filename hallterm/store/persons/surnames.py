"""Surnames (姓) and other characters whose reading in a name differs from their usual one."""

from typing import Final

_SINGLE = """
单單 shan 区區 ou 查 zha 仇 qiu 解 xie 曾 zeng 任 ren 华華 hua 盖蓋 ge 朴 piao 缪繆 miao 覃 qin
翟 zhai 冼洗 xian 乐樂 yue 员員贠 yun 折 she 种 chong 秘祕 bi 繁 po 召 shao 卜 bu 能佴 nai 句 gou
薄 bo 都 du 库 she 重 chong 祭 zhai 藏 zang 阚闞 kan 郇 xun 乜 nie 牟 mu 适 kuo
"""

_words = _SINGLE.split()

SINGLE: Final = {
    character: reading
    for characters, reading in zip(_words[::2], _words[1::2], strict=True)
    for character in characters
}
"""Reading of a character at the start of a name."""

ELSEWHERE: Final = {
    "长": "chang",
    "長": "chang",
    "都": "du",
    "厦": "xia",
    "晟": "sheng",
    "曾": "zeng",
}
"""Reading in given names and names of companies, where it isn't the usual one."""

DOUBLE: Final = {
    "尉迟": ("yu", "chi"),
    "尉遲": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "萬俟": ("mo", "qi"),
    "澹台": ("tan", "tai"),
    "澹臺": ("tan", "tai"),
    "单于": ("chan", "yu"),
    "單于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
    "長孫": ("zhang", "sun"),
    "乐正": ("yue", "zheng"),
    "洗马": ("xian", "ma"),
}
"""Reading of a double surname, where its characters alone would be read otherwise."""
