"""Slips in the Chinese words of a question."""

import pytest

from index.slips import Slips

TEXT = (
    "研发投入 研发人员 营业收入 供应商审核 职业健康 陪产假 上市 分红 捐款 培训 岗位 来料 人力 人士 "
    "学堂 血糖 云学堂 女性员工 强迫"
)


@pytest.fixture(scope="module")
def slips() -> Slips:
    words = [*TEXT.split(), "强迫", "投入", "收入", "审核", "健康"]
    return Slips(words, TEXT.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("研发头入占营业收如多少？", "研发投入占营业收入多少？"),
        ("研发投人多少", "研发投入多少"),
        ("供应商审合怎么做", "供应商审核怎么做"),
        ("职业键康陪训", "职业健康培训"),
        ("男的也能休陪铲假吗", "男的也能休陪产假吗"),
        ("女星员工", "女性员工"),
        ("云学糖有几门课", "云学堂有几门课"),
        ("公司哪天上的市", "公司哪天上市"),
        ("去年分了红没有", "去年分红没有"),
    ],
)
def test_a_slip_is_mended(slips: Slips, typed: str, meant: str) -> None:
    assert slips.mend(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "有多少人是硕士",  # 人士
        "搞研发的人有多少",
        "今年进来的料",  # 来料
        "换个岗位",
        "去年新招的人里",  # 人力
        "员工通过了认证",
        "在全球50强排第几",  # 强迫
        "How many people work in R&D?",
        "",
        "研发投入",
    ],
)
def test_what_is_no_slip_stays(slips: Slips, typed: str) -> None:
    assert slips.mend(typed) == typed
