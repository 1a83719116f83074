"""Evidence in English: rows by rule, sentences by the model; what fails a check is left out."""

from dataclasses import replace

import pytest
from fakes import FakeLanguageModel, evidence

from index.bridge import Bridge
from index.terms import tokens
from rag.claim import Frame
from rag.latin_names import Naming
from rag.llm import LanguageModelError
from rag.support import Support
from rag.translate import Translator, row_in_english

PIECES = evidence("2023 年，青牧乳业研发投入为 2,100 万元。", "公司共有员工 1,924 人。")
FRAME = Frame("en", "2023")


def translator(*replies, names=()):
    naming = Naming(tuple(names))
    return Translator(FakeLanguageModel(*replies), FRAME, naming)


def row(words):
    return replace(PIECES[0], words=words, quote=words, kind="row")


def test_a_faithful_translation_is_kept():
    said = "In 2023, Qingmu Dairy invested RMB 21 million in R&D."
    assert translator(f"Translation: {said}").translate(PIECES[0]) == said


def test_a_title_is_quoted_and_no_code():
    pieces = evidence("公司制定《培训管理制度》。")
    of = translator("The company has formulated the `Training Management System`.")
    said = "The company has formulated the “Training Management System”."
    assert of.translate(pieces[0]) == said


@pytest.mark.parametrize(
    "said",
    [
        "In 2023, the company invested RMB 210 million in R&D.",
        "In 2022, the company invested RMB 21 million in R&D.",
        "The company invested in R&D.",
        "In 2023, the company did not invest RMB 21 million in R&D.",
        "In 2023, the company invested about RMB 21 million, or 37 times more, in R&D.",
        "2023 年，研发投入为 2,100 万元。",
        "<html></html>",
        "",
    ],
)
def test_a_translation_that_fails_a_check_is_left_out(said):
    assert translator(said).translate(PIECES[0]) is None


def test_the_model_is_given_converted_amounts_and_the_company_s_own_name():
    model = FakeLanguageModel("Qingmu invested RMB 21 million.")
    Translator(model, FRAME, Naming(("青牧乳业", "Qingmu"))).translate(PIECES[0])
    prompt = model.asked[0][-1][1]
    assert "RMB 21 million" in prompt
    assert "Qingmu" in prompt
    assert "万元" not in prompt


def test_a_model_that_is_down_gives_no_translation():
    assert translator(LanguageModelError("down", "停")).translate(PIECES[0]) is None


@pytest.mark.parametrize(
    ("source", "said", "kept"),
    [
        ("公司遵守《中华人民共和国公司法》。", "The company follows the Company Law.", True),
        ("公司在印度设有工厂。", "The company has Indian factories.", True),
        ("公司在印度设有工厂。", "The company has factories.", False),
        ("公司总部位于中华人民共和国。", "The company has its head office in China.", True),
        ("公司位列第12位。", "The company ranks 12th.", True),
        ("公司位列第12位，并入选榜单。", "The company ranks 12th, and 12th in a list.", False),
        (
            "公司每周检查一次急救药品。",
            "The company checks the first-aid medicines weekly.",
            True,
        ),
        (
            "公司每周检查两次急救药品。",
            "The company checks the first-aid medicines weekly.",
            False,
        ),
        (
            "2023 年 6 月，公司开展培训，并完成考核。",
            "In June 2023, the company conducted training, and completed the appraisal.",
            True,
        ),
        (
            "由于规模太小，医院的设施破旧，公司捐赠椅子。",
            "The hospital, due to its modest size, had poor facilities, and chairs were donated.",
            True,
        ),
        (
            "公司开展培训和考核。",
            "The company conducts training, appraisals, banquets and tests.",
            False,
        ),
    ],
)
def test_what_opens_a_clause_is_no_item_and_once_no_figure(source, said, kept):
    support = Support(Bridge(tokens(source)))
    of = Translator(FakeLanguageModel(said), Frame("en", "2023", support=support))
    assert (of.translate(evidence(source)[0]) is not None) is kept


def test_a_model_that_is_down_is_told_to_who_waits_for_it_and_is_asked_again():
    down = LanguageModelError("down", "停")
    of = translator(down, "The company has 1,924 employees.")
    with pytest.raises(LanguageModelError):
        list(of.write(PIECES))
    assert of.translate(PIECES[1]) == "The company has 1,924 employees."


def test_what_is_written_so_far_is_yielded_and_the_next_once_it_is_finished():
    of = translator("Translation: Nothing, yet.", "The company has 1,924 employees.")
    told = list(of.write(PIECES))
    assert told.index("Nothing, yet.") < told.index("The company has 1,924 employees.")
    assert told[-1] == ""
    assert [of.is_finished(piece) for piece in PIECES] == [True, True]
    assert [of.translate(piece) for piece in PIECES] == [None, "The company has 1,924 employees."]


def test_several_are_asked_for_together_and_none_twice():
    model = FakeLanguageModel("Nothing, yet.", "The company has 1,924 employees.")
    of = Translator(model, FRAME)
    pieces = [*PIECES, replace(PIECES[1], number=3), row("男性：2023 年 956 人")]
    assert of.all(pieces, slow=False) == {1: of.by_rule(pieces[3])}
    said = "The company has 1,924 employees."
    assert of.all(pieces, slow=True) == {1: of.by_rule(pieces[3]), 2: said, 3: said}
    assert of.all(pieces, slow=False) == {1: of.by_rule(pieces[3]), 2: said, 3: said}
    assert len(model.asked) == 2


def test_a_sentence_is_asked_of_the_model_once_and_only_when_it_is_read():
    model = FakeLanguageModel("The company has 1,924 employees.")
    of = Translator(model, FRAME)
    later = of.later(PIECES[1])
    assert model.asked == []
    assert later.get() == of.later(PIECES[1]).get() == "The company has 1,924 employees."
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("员工总数：2022 年 1,860 人；2023 年 1,924 人", "2022: 1,860 people; 2023: 1,924 people"),
        ("营业收入：19.70 亿元", "RMB 1.970 billion"),
        ("男性：2023 年 956 人", "2023: 956 people"),
        ("**女性董事占比**：29%", "29%"),
    ],
)
def test_a_row_is_worded_by_rule(words, english):
    said = Translator(None, FRAME).translate(row(words))
    assert said is not None
    assert said.endswith(english)
    assert said.isascii()


def test_a_row_with_a_word_that_nothing_explains_is_left_to_the_model():
    assert row_in_english("享受产假员工返岗率: 100%").endswith("on maternity leave: 100%")
    assert row_in_english("魑魅魍魉罔两数：5 个") is None
    assert Translator(None, FRAME).translate(row("魑魅魍魉罔两数：5 个")) is None


def test_without_a_model_a_sentence_has_no_translation():
    assert Translator(None, FRAME).translate(PIECES[0]) is None


@pytest.mark.parametrize(
    ("source", "said", "kept"),
    [
        ("厦门公司已通过认证", "The Xiamen company is certified.", True),
        ("厦门公司已通过认证", "The company is certified.", False),
        (
            "甲公司通过 ISO 9001 认证，乙公司通过 ISO 9001 认证",
            "Company A and B passed ISO 9001.",
            False,
        ),
        ("超过一半客户满意", "It is higher than half of the customers.", False),
        ("超过一半客户满意", "More than half of the customers are content.", True),
    ],
)
def test_a_translation_keeps_places_codes_and_shares(source, said, kept):
    piece = replace(PIECES[0], words=source, quote=source)
    assert (translator(said).translate(piece) is not None) is kept


def test_a_title_that_cannot_be_worded_does_not_hide_the_row():
    assert row_in_english("某某嚯嚯表 良好：评分 80 分") == "Good: score 80 points"


def test_the_title_of_a_table_is_left_out():
    words = "2023 年供应商数量表 供应商总数：1,660 个"
    assert row_in_english(words) == "Total number of suppliers: 1,660 units"


def test_a_grade_and_its_scores_are_worded():
    words = "评分等级表 良好：等级 B 级；评分 80.1—90 分"
    assert row_in_english(words) == "Good: grade B; score 80.1—90 points"


def test_a_labelled_line_of_a_list_is_worded_by_rule():
    line = replace(PIECES[0], words="员工总数：1,924 人", kind="sentence")
    assert Translator(None, FRAME).by_rule(line) == "Total number of employees: 1,924 people"


def test_a_number_alone_needs_no_translation():
    (piece,) = evidence("13800000001")
    model = FakeLanguageModel("This is a phone number.")
    translator = Translator(model, FRAME)
    assert translator.translate(piece) == "13800000001"
    assert translator.later(piece).get() is None
    assert not model.asked


@pytest.mark.parametrize(
    ("words", "planned"),
    [
        ("2024 年，公司进一步完善内部控制。", True),
        ("截至 2024 年 2 月 1 日，回购方案已实施完毕。", False),
        ("2023 年，公司进一步完善内部控制。", False),
    ],
)
def test_what_is_said_of_a_later_year_is_told_to_be_planned(words, planned):
    model = FakeLanguageModel("It will improve its internal control.")
    Translator(model, FRAME).translate(evidence(words)[0])
    assert ("use will" in str(model.asked)) is planned


def of_source(source, said):
    support = Support(Bridge(tokens(source)))
    frame = Frame("en", "2023", support=support)
    return Translator(FakeLanguageModel(said), frame).translate(evidence(source)[0])


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (  # all figures in their order: none is swapped
            "公司共有63个品种纳入国家医保药品目录，27个品种纳入国家基本药物目录。",
            "The company has 63 varieties included in the national drug insurance directory, and "
            "27 varieties included in the national basic drugs directory.",
        ),
        (
            "公司为员工缴纳五险一金，并购买商业保险。",
            "The company pays five insurances and one fund for its employees, and buys commercial "
            "insurance.",
        ),
        ("3、纠纷已于2023年12月结案。", "3. The dispute was settled in December 2023."),
        ("系统通过ISO/IEC 27001认证。", "The system has been certified by ISO/IEC 27001."),
        ("采购额769,061,800元。", "The amount was RMB 769.0618 million."),
        ("罚款由成都市生态环境局作出。", "The fine was imposed by the Chengdu environment bureau."),
        ("年发电1,348万千瓦时。", "It generates 13.48 million kilowatt hours a year."),
        (
            "排放控制在36克/千瓦时以内。",
            "Emissions are kept at or below 36 grams per kilowatt hour.",
        ),
        ("董事会每年听取1次汇报。", "The board hears a report once a year."),
        ("地址：湖北省伍家岗区。", "Address: Wujiagang, Hubei."),
        ("总经理陆知行任组长。", "General manager Lu Zhixing is the head of the group."),
    ],
)
def test_translations_that_are_faithful_are_kept(source, said):
    assert of_source(source, said) is not None


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("其中男性4人，女性6人。", "Of these, 6 are men and 4 are women."),
        ("公司缴纳五险一金。", "The company pays six insurances and one fund."),
        ("系统通过ISO/IEC 27001认证。", "The system has been certified by ISO/IEC 27002."),
        ("地址：湖北省伍家岗区。", "Address: Wujiapang, Hubei."),
        ("管理族。", 'The term "management" is translated as "management family".'),
        ("公司开展培训。", "The company conducts banquets, weddings, parades and auctions."),
    ],
)
def test_translations_that_are_not_are_left_out(source, said):
    assert of_source(source, said) is None


def test_a_legal_form_that_the_source_lacks_is_left_out():
    said = of_source("培训由华澜控股开展。", "Training is held by Hualan Holdings Co., Ltd.")
    assert said == "Training is held by Hualan Holdings."
