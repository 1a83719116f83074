import pytest

from index.english import in_english


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("员工总人数", "total number of employees"),  # the glossary has it whole
        ("供应商总数量", "total number of suppliers"),
        ("按学历划分的研发人员数量", "number of R&D personnel by education"),
        ("按年龄划分 30岁及以下", "by age, 30 and under"),
        ("客户满意度调查得分", "customer satisfaction survey score"),
        ("信息安全培训次数", "number of information security training sessions"),
        ("参与调查的客户数量", "number of customers taking part in surveys"),
        ("呼和浩特", "Hohhot"),  # a place, from the dictionary
        ("中华人民共和国", "People's Republic of China"),  # the name of a place is longer
        ("英国", "United Kingdom"),  # what the dictionary says in Chinese is left out
        ("31-50岁", "31 to 50 years old"),
        ("50岁以上", "over 50"),
        ("2023 年供应商总数量", "total number of suppliers of 2023"),
    ],
)
def test_a_label_is_worded(label, english):
    assert in_english(label) == english


@pytest.mark.parametrize("label", ["", "%", "tCO2e", "囧囧率", "燚"])
def test_what_is_not_known_is_not_guessed(label):
    assert in_english(label) is None


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("当年专利授权", "patents granted in the year"),
        ("亲自出席", "attended in person"),
        ("位于水资源紧张地区的取水量", "water withdrawal (in water-stressed areas)"),
        ("在职员工的数量合计", "total number of current employees"),
        ("安全隐患排查", "safety hazard inspection"),
        ("成都", "Chengdu"),
        ("宁夏", "Ningxia"),
        ("中山", "Zhongshan"),
    ],
)
def test_labels_are_worded_as_labels_say_it(label, words):
    assert in_english(label) == words


def test_a_noun_that_is_not_known_words_no_label():
    assert in_english("投资活动产生的罔两数罔") is None
