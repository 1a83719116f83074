import time

import pytest

from index.names import company_names


def test_short_name_and_domain(dairy, shipping, bundled):
    assert company_names(dairy.lines) == ("青牧乳业", "qingmu-dairy")
    assert company_names(shipping.lines) == ("远帆航运",)
    assert company_names(bundled.lines) == ("熵基科技", "ZKTeco")


def test_words_of_the_sentence_are_no_part_of_the_name():
    lines = ["本报告是长河水泥股份有限公司的报告。", "长河水泥股份有限公司成立于1990年。"]
    assert company_names([*lines, "我们是长河水泥股份有限公司。"]) == ("长河水泥",)


@pytest.mark.parametrize("address", ["ir@qq.com", "a@163.com", "b@gmail.com"])
def test_a_mail_service_is_no_name(address):
    assert company_names([address]) == ()


def test_no_company_at_all():
    assert company_names([]) == company_names(["没有公司名称。", ""]) == ()


def test_long_lines_take_no_quadratic_time():
    started = time.monotonic()
    company_names(["有限公司" * 100_000, "a@" * 200_000])
    assert time.monotonic() - started < 3


def test_a_name_of_several_words_is_written_as_the_text_does():
    lines = ["对外英文品牌为 Acme Energy。", "邮箱：ir@acme-energy.com"]
    assert company_names(lines) == ("Acme Energy",)
