"""Limits and negations, found and compared."""

import pytest

from rag.amounts import find_amounts
from rag.limits import AT_LEAST, AT_MOST, NEAR, denials, denies, limit_kept, limit_of, may_deny


def limit(text):
    (amount,) = find_amounts(text)
    found = limit_of(text, amount)
    return found and found.kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("不大于 8 次", AT_MOST), ("不超过8次", AT_MOST), ("低于 8%", AT_MOST),
        ("60 分以下", AT_MOST),
        ("超过 8 人", AT_LEAST), ("不少于8人", AT_LEAST), ("8 家以上", AT_LEAST),
        ("20 余个", AT_LEAST),
        ("近 100%", NEAR), ("约 8 万元", NEAR), ("8%左右", NEAR), ("大约8人", NEAR),
        ("8 人", None), ("增加 8%", None), ("近三年", None),
        ("at most 8 people", AT_MOST), ("no more than 8 people", AT_MOST),
        ("up to 8 hours", AT_MOST),
        ("fewer than 8 people", AT_MOST), ("8 hours or less", AT_MOST),
        ("more than 8 people", AT_LEAST), ("at least 8 people", AT_LEAST), ("over 8%", AT_LEAST),
        ("8 people or more", AT_LEAST), ("not less than 8%", AT_LEAST),
        ("nearly 8%", NEAR), ("about 8 people", NEAR), ("roughly RMB 8 million", NEAR),
        ("8 people", None), ("a total of 8 people", None),
    ],
)  # fmt: skip
def test_the_limit_of_a_figure(text, kind):
    assert limit(text) == kind


@pytest.mark.parametrize(
    ("claim", "source", "kept"),
    [
        ("8 人", "8 人", True), ("约 8 人", "8 人", True), ("about 8 people", "超过 8 人", True),
        ("超过 8 人", "8 人", False), ("8 人", "超过 8 人", False), ("8 人", "近 8 人", False),
        ("超过 8 人", "近 8 人", False), ("超过 8 人", "不超过 8 人", False),
        ("over 21 thousand people", "21,361 人", True), ("under 21 thousand", "21,361 人", False),
    ],
)  # fmt: skip
def test_a_claim_keeps_the_limit_of_its_source(claim, source, kept):
    (said,), (stands,) = find_amounts(claim), find_amounts(source)
    assert limit_kept(limit_of(claim, said), said, limit_of(source, stands), stands) is kept


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("公司未发生事故", "zh", True), ("不存在违规", "zh", True), ("没有投诉", "zh", True),
        ("公司不断改进", "zh", False), ("未来计划", "zh", False), ("无线设备", "zh", False),
        ("非常重视", "zh", False), ("不超过 8 次", "zh", False), ("不同部门", "zh", False),
        ("No accident happened", "en", True), ("It didn't happen", "en", True),
        ("There were zero cases", "en", True), ("0 cases", "en", True),
        ("not only in China", "en", False),
        ("not just about money", "en", False), ("no more than 8", "en", False),
        ("A notable number", "en", False), ("10 cases", "en", False),
    ],
)  # fmt: skip
def test_what_denies(text, language, expected):
    assert denies(text, language) is expected


def test_a_denial_comes_with_what_it_denies():
    assert list(denials("报告期内，公司未发生员工因工死亡事件。")) == [
        ("未", "发生员工因工死亡事件")
    ]
    assert list(denials("公司不断改进")) == []


def test_what_forbids_may_be_worded_with_a_not():
    assert may_deny(["公司严禁打击报复"])
    assert may_deny(["未发生"])
    assert not may_deny(["公司每年审核供应商"])
