"""The verifier: what no evidence bears out fails, what stands in it passes."""

from dataclasses import replace
from itertools import pairwise

import pytest
from fakes import evidence
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rag.amounts import find_amounts
from rag.claim import Frame
from rag.marks import finished_part
from rag.verify import check_claims

YEAR = "2023"
PIECES = evidence(
    "报告期内，公司研发投入 2.14 亿元，同比增长 13.63%。",
    "截至 2022 年末，公司共有员工 1,924 人，其中女性 892 人。",
    "净利润为 9,800 万元，同比下降 3.10%。",
)


def claim(draft, language="zh", pieces=PIECES):
    claims = check_claims(draft, pieces, Frame(language, YEAR))
    assert len(claims) == 1
    return claims[0]


def test_one_figure_for_two_things_fails():
    pieces = evidence("2023 年参与体检人数为 113 人，合格人数为 110 人。")
    assert "twice" in {
        f.kind for f in claim("体检 110 人，合格 110 人[1]。", "zh", pieces).failures
    }
    assert claim("体检 113 人，合格 110 人[1]。", "zh", pieces).failures == ()


@pytest.mark.parametrize(
    ("draft", "cited"),
    [
        ("公司研发投入 2.14 亿元[1]。", (1,)),
        ("公司研发投入 21,400 万元，同比增长 13.63%[1]。", (1,)),
        ("研发投入增长 13.6%【1】。", (1,)),
        ("公司共有员工 1924 人 [2]，净利润 9,800 万元[3]。", (2, 3)),
        ("净利润下降 3.10%[3]。", (3,)),
        ("2022 年末有女性员工 892 人[2]。", (2,)),
    ],
)
def test_figures_of_the_evidence_pass(draft, cited):
    assert claim(draft).failures == ()
    assert claim(draft).cited == cited


@pytest.mark.parametrize(
    ("draft", "failure"),
    [
        ("公司研发投入 3.14 亿元[1]。", "3.14"),
        ("公司研发投入 2.14 万元[1]。", "2.14"),
        ("公司研发投入 2.14%[1]。", "2.14"),
        ("公司研发投入 -2.14 亿元[1]。", "2.14"),
        ("研发投入同比下降 13.63%[1]。", "13.63"),
        ("净利润同比增长 3.10%[3]。", "3.10"),
        ("2021 年末有女性员工 892 人[2]。", "2021"),
        ("公司有女性员工 892 人、男性员工 1,032 人[2]。", "1,032"),
        ("公司有三千名员工[2]。", "三千"),
        ("公司有 892 万名员工[2]。", "892"),
    ],
)
def test_a_figure_that_the_evidence_lacks_fails(draft, failure):
    assert failure in "".join(words for _, words in claim(draft).failures)


@pytest.mark.parametrize(
    ("draft", "fails"),
    [
        ("R&D spending was RMB 214 million [1].", False),
        ("R&D spending was 2.14 billion yuan [1].", True),
        ("R&D spending rose by 13.63% [1].", False),
        ("R&D spending fell by 13.63% [1].", True),
        ("At the end of 2022 there were 1,924 employees [2].", False),
        ("At the end of 2021 there were 1,924 employees [2].", True),
    ],
)
def test_english_claims_are_held_to_the_chinese_evidence(draft, fails):
    assert bool(claim(draft, "en").failures) is fails


@pytest.mark.parametrize("mark", ["[3]", "[99]", "", "[0]", "[1][3]"])
def test_a_wrong_mark_is_put_right_by_the_figure(mark):
    found = claim(f"公司共有员工 1,924 人{mark}。")
    assert 2 in found.cited
    assert set(found.cited) <= {1, 2, 3}
    assert found.failures == ()


def test_marks_are_not_part_of_the_text():
    found = claim("公司研发投入 2.14 亿元[1][2]【3】。")
    assert found.text == "公司研发投入 2.14 亿元。"


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before():
    first, second = check_claims(
        "公司共有员工 1,924 人。[2] 净利润 9,800 万元。[3]", PIECES, Frame("zh", YEAR)
    )
    assert (first.cited, second.cited) == ((2,), (3,))


@pytest.mark.parametrize(
    ("draft", "language", "fails"),
    [
        ("The company has a supplier audit system [1].", "zh", True),
        ("公司建立了供应商审核制度[1]。", "en", True),
        ("The company makes “冷链” products [1].", "en", True),
        ("The net profit (净利润) was RMB 98 million [3].", "en", False),
        ("The company (另一家) has 1,924 employees [2].", "en", True),
        ("公司通过 ISO 9001 认证[1]。", "zh", False),
    ],
)
def test_the_language_must_be_right(draft, language, fails):
    assert bool(claim(draft, language).failures) is fails


@pytest.mark.parametrize(
    ("draft", "fails"),
    [
        ("报告写道“公司研发投入 2.14 亿元”[1]。", False),
        ("报告写道“公司研发投入2.14亿元，”[1]。", False),
        ("报告写道“公司从不研发”[1]。", True),
        ("报告写道「公司从不研发」[1]。", True),
        ("所谓“研发投入”有所增长[1]。", False),
    ],
)
def test_a_quotation_must_be_verbatim(draft, fails):
    assert bool(claim(draft).failures) is fails


def test_without_evidence_no_figure_passes():
    assert claim("公司有 5 名员工[1]。", pieces=[]).failures
    assert claim("公司有 5 名员工[1]。", pieces=[]).cited == ()


@pytest.mark.parametrize("draft", [".0", "1.", "- 2)", "_"])
def test_scraps_of_a_list_are_no_claim(draft):
    assert all(found.failures for found in check_claims(draft, PIECES, Frame("zh", YEAR)))


@pytest.mark.parametrize("draft", ["", "  \n ", "[1]", "。", "[1][2]。"])
def test_a_draft_that_says_nothing_has_no_claims(draft):
    assert check_claims(draft, PIECES, Frame("zh", YEAR)) == []


@settings(deadline=None)  # what is looked up first is loaded first
@given(st.integers(1, 10**7), st.sampled_from(["人", "万元", "%", "吨", "家", "小时"]))
def test_an_invented_figure_always_fails(number, unit):
    known = {"2.14", "21400", "1924", "892", "9800", "3.1", "3.10", "13.63", "2022", "2023"}
    known |= {"214000000", "98000000", "98", "980", "214", "2140"}
    assume(str(number) not in known)
    draft = f"公司的数字为 {number:,} {unit}[1]。"
    (amount,) = find_amounts(draft)
    assert ("figure", amount.text) in claim(draft).failures


@settings(deadline=None)  # what is looked up first is loaded first
@given(st.text("公司有员工投入增长 0123456789.,%万亿元人[]【】。；\n“”-", max_size=80))
def test_what_passes_has_only_figures_of_the_evidence(draft):
    known = {a.value for piece in PIECES for a in find_amounts(piece.words)}
    for found in check_claims(draft, PIECES, Frame("zh", YEAR)):
        assert set(found.cited) <= {1, 2, 3}
        if not found.failures:
            for amount in find_amounts(found.text):
                # what is said is a figure of the evidence, or one rounded
                assert any(abs(abs(amount.value) - v) <= v / 10 for v in known)


@settings(deadline=None)  # what is looked up first is loaded first
@given(st.text("公司有 12[1]】。.\n", max_size=40))
def test_what_is_finished_does_not_change_as_the_draft_goes_on(draft):
    parts = [finished_part(draft[:length]) for length in range(len(draft) + 1)]
    for shorter, longer in pairwise(parts):
        assert draft.startswith(longer)
        assert longer.startswith(shorter)


def test_a_sentence_is_finished_when_the_next_one_begins():
    assert finished_part("公司有 1,924 人。") == ""
    assert finished_part("公司有 1,924 人。[2") == ""
    assert finished_part("公司有 1,924 人。[2] 净") == "公司有 1,924 人。[2] "
    assert finished_part("公司有 1,924 人[2]。净") == "公司有 1,924 人[2]。"
    assert finished_part("公司有 1,924 人\n净") == "公司有 1,924 人\n"


def test_a_name_is_cited_where_it_stands():
    pieces = evidence("信息安全培训情况", "公司安装 ESMC 端口管理软件。")
    (found,) = check_claims("The company uses ESMC [1].", pieces, Frame("en", YEAR))
    assert 2 in found.cited


@pytest.mark.parametrize(
    ("question", "draft", "fails"),
    [
        ("如果供应商得 85 分，是哪一级？", "得 85 分的供应商为良好[1]。", False),
        ("供应商得 85 分是哪一级？", "得 85 分的供应商为良好[1]。", True),
        ("平台有几个版块？", "平台有五个版块[1]。", False),
        ("平台有几个版块？", "平台有六个版块[1]。", True),
    ],
)
def test_a_supposed_figure_and_a_counting_word_may_be_said(question, draft, fails):
    pieces = evidence("平台含五大版块；供应商 80—90 分为良好。")
    (found,) = check_claims(draft, pieces, Frame("zh", YEAR, question))
    assert bool(found.failures) is fails


def test_a_year_alone_answers_when():
    (found,) = check_claims("2017 [1]", evidence("2017 年发布。"), Frame("zh", YEAR))
    assert found.failures == ()


@pytest.mark.parametrize(
    ("draft", "right"),
    [
        ("The company has 1,924 employees, 892 of them公司的女性员工和管理人员 [2].", False),
        ("The company has 1,924 employees, 892 of them women (女性) [2].", True),
    ],
)
def test_an_english_claim_does_not_fall_back_into_chinese(draft, right):
    pieces = evidence("截至 2022 年末，公司共有员工 1,924 人，其中女性 892 人。")
    claims = check_claims(draft.replace("[2]", "[1]"), pieces, Frame("en", YEAR))
    assert (claims[0].failures == ()) is right


@pytest.mark.parametrize(
    ("draft", "source", "right"),
    [
        ("每位员工平均参加了 15 小时培训[1]。", "新员工 136 人，共 15 个课时。", False),
        ("员工人均培训 15 小时[1]。", "人均培训时长：2022 年 15 小时", True),
        ("新员工培训共 15 小时[1]。", "新员工 136 人，共 15 个课时。", True),
    ],
)
def test_a_figure_of_all_is_not_one_for_each(draft, source, right):
    assert (claim(draft, pieces=evidence(source)).failures == ()) is right


def test_a_difference_that_nothing_works_out_fails():
    pieces = evidence(
        "经营活动现金流量净额：2023 年 3,418 元", "购建固定资产支付的现金：2023 年 1,652 元"
    )
    said = "Free cash flow is RMB 3,418, the difference between cash flow and spending [1][2]."
    assert "sum" in {failure.kind for failure in claim(said, "en", pieces).failures}
    said = "自由现金流为 3,418 元，是两者之差[1][2]。"
    assert "sum" in {failure.kind for failure in claim(said, "zh", pieces).failures}
    pieces = evidence("两项计划相差 3,418 元。")
    assert claim("两项计划之差为 3,418 元[1]。", "zh", pieces).failures == ()


def test_one_row_does_not_tell_which_is_the_largest():
    row = evidence("华北：2021 年 290 家；2022 年 318 家")
    assert claim("2022 年华北供应商最多，为 318 家[1]。", pieces=row).failures
    assert not claim("2022 年华北供应商为 318 家[1]。", pieces=row).failures
    told = evidence("2022 年供应商最多的是华北，为 318 家。")
    assert not claim("2022 年华北供应商最多，为 318 家[1]。", pieces=told).failures


@pytest.mark.parametrize(
    ("draft", "fails"),
    [
        ("The company held its 3rd meeting of 2023 [1].", False),
        ("The company held its 9th meeting of 2023 [1].", True),
        ("The certificate is ISO 9001 [1].", False),
        ("The company is at level 2 [1].", True),
    ],
)
def test_levels_and_ordinals_are_the_source_s(draft, fails):
    pieces = evidence("2023 年公司召开第三次会议，通过 ISO 9001 认证。")
    assert bool(claim(draft, "en", pieces).failures) is fails


@pytest.mark.parametrize(
    "draft",
    [
        "研发投入 2.14 亿元（摘录中没有 4）[1]。",
        "R&D was RMB 214 million (4 is not in the excerpts) [1].",
    ],
)
def test_a_claim_speaks_of_the_company_and_not_of_the_prompt(draft):
    language = "zh" if "研发" in draft else "en"
    assert ("words", "摘录" if language == "zh" else "excerpts") in claim(draft, language).failures


def test_who_it_is_is_not_the_company_itself():
    pieces = evidence("公司控股股东为江源集团。", "公司自身也持有股份，即库存股。")
    said = "The controlling shareholder is the company itself [1]."
    assert "words" in {f.kind for f in claim(said, "en", pieces).failures}
    own = "The holder of the treasury shares is the company itself [2]."
    assert ("words", "is the company itself") not in claim(own, "en", pieces).failures


def test_rows_and_percentages_are_not_mixed_in_a_claim():
    rows = [replace(p, kind="row") for p in evidence("傅之桓：情形 离任", "万松年：情形 选举")]
    failed = claim("万松年离任，傅之桓当选[1][2]。", "zh", rows).failures
    assert "joined" in {failure.kind for failure in failed}
    pieces = evidence("公司总股本 60 亿股，控股股东为江源集团，持股比例 46.8%。")
    failed = claim("公司总股本 60 亿股，占 46.8%[1]。", "zh", pieces).failures
    assert "joined" in {failure.kind for failure in failed}
