"""Names of a Chinese text for an English reader."""

import pytest

from rag.naming import places, with_own_name, wrong_places

NAMES = ("青牧乳业", "Qingmu")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("青牧乳业通过认证", "Qingmu通过认证"),
        ("厦门青牧通过认证", "Xiamen Qingmu通过认证"),
        ("公司与青牧通过认证", "公司与Qingmu通过认证"),
        ("牧场通过认证", "牧场通过认证"),
        ("青牧乳业股份有限公司成立", "Qingmu股份有限公司成立"),
        ("厦门青牧乳业有限公司", "厦门青牧乳业有限公司"),
        ("厦门市青牧乳业制品有限公司", "厦门市青牧乳业制品有限公司"),
    ],
)
def test_the_company_has_its_latin_name(text, named):
    assert with_own_name(text, NAMES) == named


def test_without_a_latin_name_nothing_changes():
    assert with_own_name("青牧乳业", ("青牧乳业",)) == "青牧乳业"
    assert with_own_name("中国科技", ("中国科技", "CT")) == "CT"
    assert with_own_name("在中国", ("中国科技", "CT")) == "在中国"  # a word, not a name


def test_places_have_their_english_names():
    assert places("云安全服务") == {}  # of 云安 (Yun'an) and 安全
    assert places("云安市的工厂") == {"云安": "Yun'an"}
    assert places("公司向兰州大学捐款，并在东莞开展培训") == {"兰州": "Lanzhou", "东莞": "Dongguan"}


def test_a_place_inside_the_name_of_a_town_is_none():
    assert places("公司参加东莞市樟木头镇举行的活动") == {"东莞": "Dongguan"}
    assert "樟木" in places("西藏樟木口岸")


def test_a_place_inside_the_name_of_another_is_none():
    text = "在印度尼西亚上市，业务覆盖西班牙"
    assert places(text) == {"印度尼西亚": "Indonesia", "西班牙": "Spain"}
    assert wrong_places("It is listed in India.", text) == ["India"]
    assert wrong_places("It is listed in Indonesia.", text) == []
    assert wrong_places("It is active in India.", text + "和印度") == []


def test_a_name_that_is_printed_in_both_scripts_is_said_once():
    names = ["熵基科技", "ZKTeco"]
    assert with_own_name("对“ZKTeco 熵基”品牌的印象", names) == "对“ZKTeco”品牌的印象"
    assert with_own_name("ZKTeco熵基科技 2023", names) == "ZKTeco 2023"
