"""Glosses: the terms of Chinese quotes with their English, each once, in reading order."""

import re

from index.glossary import glossary
from rag.gloss import MOST, MOST_FOR_MODEL, terms_line, terms_note


def test_terms_stand_in_the_order_of_the_text_and_once():
    note = terms_note(["公司未发生安全事故，每周检查，加强内部控制。", "内部控制有效。"])
    terms = [(zh, en) for en, zh in re.findall(r"([\w ,'&-]+) \(“(\w+)”\)", note)]
    terms = [(zh, en.strip()) for zh, en in terms]
    assert terms[0] == ("未发生", "did not occur")
    assert dict(terms)["内部控制"] == glossary()["内部控制"][0]
    assert dict(terms)["每周"] == "every week"
    assert len({chinese for chinese, _ in terms}) == len(terms)


def test_the_longest_term_is_taken_and_not_too_many():
    assert "“研发投入占营业收入比例”" in terms_note(["研发投入占营业收入比例"])
    assert "“研发投入”" not in terms_note(["研发投入占营业收入比例"])
    assert terms_note(list(glossary())).count(" (“") == MOST
    assert terms_note(["甲乙丙", "plain words"]) == ""


def test_the_model_is_told_places_first_and_few_terms():
    line = terms_line(["公司加强内部控制，东莞工厂通过内部控制审计。"])
    assert line.startswith("Terms: 东莞 = Dongguan; 内部控制 = internal control")
    assert line.count("内部控制 =") == 1
    assert line.endswith("\n")
    assert terms_line(list(glossary())).count(" = ") == MOST_FOR_MODEL
    assert terms_line(["甲乙丙"]) == ""
