import pytest

from rag.swaps import framed, swapped


@pytest.mark.parametrize(
    ("base", "name", "meant"),
    [
        ("公司有多少男性员工", "女性", "公司有多少女性员工"),
        ("How many female staff?", "male", "How many male staff?"),
        ("本科学历的员工有多少", "硕士", "硕士学历的员工有多少"),
        ("生产人员有多少", "销售人员", "销售人员有多少"),
        ("公司有多少供应商", "专利", ""),
        ("公司有多少供应商", "", ""),
    ],
)
def test_a_word_of_the_same_kind_changes_places(base, name, meant):
    assert swapped(base, name) == meant


@pytest.mark.parametrize(
    ("base", "name", "meant"),
    [
        ("2023年营业收入是多少", "净利润", "2023年净利润是多少"),
        ("What was revenue in 2023?", "net profit", "What was net profit in 2023?"),
        ("公司2022年有多少名员工", "女性", ""),  # no name stands alone there
        ("What was revenue in 2023?", "净利润", ""),
    ],
)
def test_what_is_asked_for_changes_places(base, name, meant):
    assert framed(base, name) == meant
