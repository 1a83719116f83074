"""Words of questions reach the terms of a Chinese corpus."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bridge import Bridge
from index.glossary import everyday, glossary
from index.spelling import recognise
from index.terms import tokens

# What a report may say, what a Chinese and what an English reader ask, and the token in common.
PAIRS = [
    ("截至年末员工总数为一千人", "员工有多少", "How many staff are there?", "员工"),
    ("女性员工占四成", "女性员工比例", "share of female employees", "女性员工"),
    ("本年员工流失率有所下降", "流失率是多少", "What is the staff turnover rate?", "流失率"),
    ("员工离职率为百分之五", "离职率", "employee attrition", "离职率"),
    ("女员工享有产假", "产假有几天", "How long is maternity leave?", "产假"),
    ("男员工享有陪产假", "陪产假", "paternity leave", "陪产假"),
    ("人均培训时长增加", "人均培训时长", "average training hours per employee", "人均培训时长"),
    ("劳动合同签订率百分之百", "劳动合同", "Are labour contracts signed?", "劳动合同"),
    ("公司禁止使用童工", "有没有童工", "Is there child labor?", "童工"),
    ("杜绝强迫劳动", "强迫劳动", "forced labour", "强迫劳动"),
    ("缴纳社会保险", "社会保险", "social insurance", "社会保险"),
    ("工会组织活动", "工会", "trade unions", "工会"),
    ("开展职业健康检查", "职业健康", "occupational health", "职业健康"),
    ("全年未发生工伤", "工伤", "work-related injuries", "工伤"),
    ("组织消防演练", "消防演练", "fire drills", "消防演练"),
    ("研发投入占营业收入的一成", "研发投入", "spending on R&D", "研发投入"),
    ("研发人员三百人", "研发人员数量", "research and development personnel", "研发人员"),
    ("新增发明专利十项", "发明专利", "invention patents", "发明专利"),
    ("软件著作权五十件", "软件著作权", "software copyrights", "软件著作权"),
    ("实现营业收入一亿元", "营业收入", "operating revenue", "营业收入"),
    ("净利润大幅增长", "净利润", "net profits", "净利润"),
    ("毛利率稳定", "毛利率", "gross margin", "毛利率"),
    ("拟派发现金股利", "现金股利", "How much was paid in cash dividends?", "现金股利"),
    ("实施现金分红", "分红", "dividends", "分红"),
    ("基本每股收益为一元", "每股收益", "earnings per share", "每股收益"),
    ("收到政府补助", "政府补助", "government grants", "政府补助"),
    ("董事会由七人组成", "董事会", "board of directors", "董事会"),
    ("独立董事三名", "独立董事", "independent directors", "独立董事"),
    ("召开股东大会", "股东大会", "annual general meeting", "股东大会"),
    ("开通举报渠道", "举报", "whistleblowing", "举报"),
    ("关联交易公允", "关联交易", "related-party transactions", "关联交易"),
    ("反腐败培训", "反腐败", "anti-corruption", "反腐败"),
    ("信息安全管理体系运行良好", "信息安全", "information security", "信息安全"),
    ("未发生数据泄露", "数据泄露", "data breaches", "数据泄露"),
    ("供应商两百家", "供应商", "vendors", "供应商"),
    ("客户满意度调查", "客户满意度", "customer satisfaction", "客户满意度"),
    ("产品召回管理", "召回", "recalls", "召回"),
    ("温室气体排放量下降", "温室气体", "greenhouse gases", "温室气体"),
    ("综合能源消耗", "能源消耗", "energy consumption", "能源消耗"),
    ("合规处置危险废物", "危险废物", "hazardous waste", "危险废物"),
    ("公益捐赠一百万元", "捐赠", "donations", "捐赠"),
    ("参与乡村振兴", "乡村振兴", "rural revitalisation", "乡村振兴"),
]


@pytest.fixture(scope="module")
def bridge() -> Bridge:
    corpus = [text for text, *_ in PAIRS]
    corpus += [
        "BioCV 平台接入 SAP 系统，通过 ISO 27001 认证",
        "2023 年休假和离开的人数",
        "掌静脉 识别",
    ]
    corpus += ["环境保护 政府 治理 管理层 经理 产品 生产 市场 营销", "公司 报告 年度 数量 大豆"]
    return Bridge(token for text in corpus for token in tokens(text))


def reached(bridge: Bridge, question: str) -> set[str]:
    return {token for term in bridge.query_terms(question) for token in term}


def test_threads_agree() -> None:
    texts = [text for text, *_ in PAIRS] * 5
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tokens, texts)) == [tokens(text) for text in texts]


@pytest.mark.parametrize(("text", "chinese", "english", "token"), PAIRS)
def test_both_languages_reach_the_same_token(
    bridge: Bridge, text: str, chinese: str, english: str, token: str
) -> None:
    assert token in tokens(text)
    assert token in reached(bridge, chinese)
    assert token in reached(bridge, english)


SMALL = Bridge(["员工", "研发", "2023", "iso", "离"])


@settings(deadline=None)  # the first example loads the dictionaries
@given(st.text(max_size=60))
def test_terms_are_weighted_tokens_of_the_corpus(text: str) -> None:
    for term in SMALL.query_terms(f"staff {text} 研发"):
        assert term
        assert set(term) <= {"员工", "研发", "2023", "iso", "离"}
        assert all(0 < weight <= 1 for weight in term.values())


def test_phrase_beats_its_words(bridge: Bridge) -> None:
    assert bridge.query_terms("maternity leave") == [{"产假": 1.0}]
    assert bridge.query_terms("leave") == [{"休假": 1.0}]


def test_a_phrase_gives_itself_and_its_words_in_the_sense_they_have_in_it(bridge: Bridge) -> None:
    assert bridge.query_terms("R&D investment") == [{"研发投入": 1.0}, {"研发": 1.0}, {"投入": 1.0}]


def test_the_longest_phrase_wins() -> None:
    small = Bridge(["董事", "女性", "女性董事", "独立董事"])
    assert small.query_terms("female directors")[0] == {"女性董事": 1.0}


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("government", "政府"),
        ("governance", "治理"),
        ("production", "生产"),
        ("products", "产品"),
        ("marketing", "营销"),
        ("markets", "市场"),
    ],
)
def test_words_of_one_stem_keep_their_own_meaning(
    bridge: Bridge, english: str, chinese: str
) -> None:
    assert bridge.query_terms(english) == [{chinese: 1.0}]


def test_parts_stand_in_only_where_the_term_itself_is_missing() -> None:
    assert Bridge(["董事会", "董事"]).query_terms("the board") == [{"董事会": 1.0}]
    assert Bridge(["董事"]).query_terms("the board") == [{"董事": 0.5}]


def test_words_of_a_phrase_that_the_corpus_lacks_keep_their_glossary_terms() -> None:
    assert {"水资源": 1.0} in Bridge(["水资源"]).query_terms("total water consumption")


def test_a_word_of_the_same_stem_weighs_less_than_the_word_itself() -> None:
    assert Bridge(["美丽", "美人"]).query_terms("beautiful")[0]["美丽"] == 1.0
    (term,) = Bridge(["美丽", "美人"]).query_terms("beauty")
    assert term["美丽"] < term["美人"]


def test_an_english_heading_weighs_less_than_the_translation() -> None:
    assert Bridge(["治理", "govern"]).query_terms("governance") == [{"治理": 1.0, "govern": 0.5}]


def test_the_dictionary_takes_what_the_glossary_lacks(bridge: Bridge) -> None:
    assert "soybean" not in {form for forms in glossary().values() for form in forms}
    assert bridge.query_terms("soybeans") == [{"大豆": 1.0}]


def test_words_that_stand_in_the_corpus_give_themselves(bridge: Bridge) -> None:
    assert bridge.query_terms("What is BioCV?") == [{"biocv": 1.0}]
    assert bridge.query_terms("SAP") == [{"sap": 1.0}]
    assert bridge.query_terms("ISO27001") == [{"iso": 1.0}, {"27001": 1.0}]


def test_numbers_pass_through(bridge: Bridge) -> None:
    assert bridge.query_terms("in 2023") == [{"2023": 1.0}]


def test_mixed_scripts(bridge: Bridge) -> None:
    terms = bridge.query_terms("2023年R&D投入是多少")
    assert {"2023": 1.0} in terms
    assert {"研发": 1.0} in terms
    assert {"投入": 1.0} in terms


@pytest.mark.parametrize(
    "slip", ["maternty leave", "matrenity leave", "maternity laeve", "Maternitty leave"]
)
def test_a_misspelt_word_finds_its_term_with_less_weight(bridge: Bridge, slip: str) -> None:
    (term,) = bridge.query_terms(slip)
    assert term.keys() == {"产假"}
    assert 0 < term["产假"] < 1


def test_swapped_letters_are_one_slip(bridge: Bridge) -> None:
    assert bridge.query_terms("laeve") == [{"休假": 0.6}]


def test_unknown_words_give_nothing(bridge: Bridge) -> None:
    assert bridge.query_terms("wheelchair elephants xqzzyk") == []
    assert bridge.query_terms("蝙蝠") == []
    assert bridge.query_terms("") == []


@pytest.mark.parametrize(
    ("corpus", "english", "chinese"),
    [
        ("东莞工厂与厦门工厂", "Is there a factory in Dongguan?", "东莞"),
        ("东莞工厂与厦门工厂", "Is there a factory in Xiamen?", "厦门"),
        ("在广州、深圳设有分公司", "the Guangzhou branch", "广州"),
        ("在广州、深圳设有分公司", "the Shenzhen branch", "深圳"),
        ("首席科学家陈书楷先生受邀出席", "Who is Chen Shukai?", "陈书楷"),
        ("首席科学家陈书楷先生受邀出席", "Shukai Chen's talk", "陈书楷"),
        ("首席科学家陈书楷先生受邀出席", "Mr. Chen Shu-kai", "陈书楷"),
        ("由单振铎和曾毅主持", "Shan Zhenduo and Zeng Yi", "单振铎"),
    ],
)
def test_a_name_in_pinyin_reaches_the_chinese_one(corpus: str, english: str, chinese: str) -> None:
    terms = Bridge(tokens(corpus)).query_terms(english)
    assert max(term.get(chinese, 0) for term in terms) >= 0.9


def test_a_place_is_not_a_word_that_sounds_like_it() -> None:
    corpus = Bridge(["伤害", "程度", "危害", "新机"])
    assert corpus.query_terms("Shanghai, Chengdu, Weihai or Xinji") == []


def test_an_english_word_that_looks_like_pinyin_keeps_its_meaning() -> None:
    corpus = Bridge(["规定", "指南", "嫦娥", "变化", "批评", "单侧"])
    assert corpus.query_terms("guiding") == [{"指南": 1.0}]
    assert corpus.query_terms("change") == [{"变化": 1.0}]
    assert corpus.query_terms("piping dance") == []


def test_a_name_weighs_less_than_a_translation_and_more_than_a_slip() -> None:
    (place,), (slip,) = (Bridge(["厦门"]).query_terms(q) for q in ("Xiamen", "Xiamne"))
    assert slip["厦门"] < place["厦门"] < 1


def test_a_short_reading_names_nothing() -> None:
    assert Bridge(["马力", "大理"]).query_terms("Ma Li and Dali") == []


def test_a_name_is_not_taken_for_a_slip() -> None:
    assert recognise("yating") == ("yanting", 0.6)
    assert Bridge(["雅婷"]).query_terms("Yating") == [{"雅婷": 0.9}]


def test_generic_words_say_nothing_alone(bridge: Bridge) -> None:
    assert bridge.query_terms("How many did the company report this year?") == []


def test_an_unknown_chinese_word_gives_its_characters() -> None:
    assert Bridge(["蝙", "员工"]).query_terms("蝙蝠") == [{"蝙": 0.5}]


def test_alternatives_are_few_and_the_best_ones() -> None:
    text = "佳美 妍丽 娟秀 嫣然 清绮 绮丽 美好 美妙 美丽 锦绣 靓丽 漂亮 优美 秀丽 俊美 秀美 壮丽"
    (term,) = Bridge(text.split()).query_terms("beautiful")
    assert len(term) == 12
    assert list(term.values()) == sorted(term.values(), reverse=True)
    assert term["美丽"] == 1.0


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("研发头入", [{"研发": 1.0}, {"投入": 0.8}]),  # typed by sound
        ("营业收如", [{"收入": 0.8}]),
        ("头像", []),  # a word that the corpus lacks is no slip
    ],
)
def test_a_word_typed_by_sound_is_heard(question, terms) -> None:
    assert Bridge(["研发", "投入", "收入"]).query_terms(question) == terms


def test_a_word_of_the_question_finds_the_word_of_the_report() -> None:
    bridge = Bridge(tokens("员工流失率为 6%。环境保护投入。"))
    assert {"流失率": 0.7, "员工流失率": 0.7} in bridge.query_terms("离职率")
    assert {"环境保护": 0.7} in bridge.query_terms("环保")


def test_a_synonym_weighs_less_than_the_word_itself() -> None:
    bridge = Bridge(tokens("流失率与离职率"))
    assert {"离职率": 1.0, "流失率": 0.7} in bridge.query_terms("离职率")


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("供應商審核", "供应商"),
        ("supplier 审核", "供应商"),
        ("供应商 audit", "审核"),
        ("how are suplliers audited", "供应商"),
        ("ＳＵＰＰＬＩＥＲ", "供应商"),
    ],
)
def test_traditional_mixed_misspelt_and_wide_questions_find_their_terms(
    asked: str, term: str
) -> None:
    bridge = Bridge(tokens("公司对供应商进行审核。"))
    assert any(term in alternatives for alternatives in bridge.query_terms(asked))


@pytest.mark.parametrize("question", ["男女员工各多少？", "男员工和女员工"])
def test_what_is_said_in_short_is_spelt_out(question) -> None:
    terms = Bridge(["男性", "女性", "员工"]).query_terms(question)
    assert all({word: 1.0} in terms for word in ("男性", "女性", "员工"))


def test_an_everyday_word_finds_the_word_that_reports_have_and_not_the_other_way() -> None:
    bridge = Bridge(tokens("研发投入 100 万元。每天 8 小时。"))
    assert {"投入": 0.7} in bridge.query_terms("花费")
    assert {"小时": 0.7} in bridge.query_terms("几个钟头")
    assert not Bridge(tokens("研发花费 100 万元。")).query_terms("投入")
    for said, words in everyday().items():
        assert said not in words
        assert all(words)


def test_an_everyday_word_that_the_dictionary_cuts_to_pieces() -> None:
    bridge = Bridge(tokens("女性员工 5 人，研发人员 3 人。"))
    assert {"女性": 0.7} in bridge.query_terms("女的有几个")
    assert {"研发": 0.7} not in bridge.query_terms("搞研发的人")  # is said as it is
    assert not bridge.query_terms("妇女的权益")  # no 女的


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("女性员工", 0),
        ("女性鳄梨", 1),
        ("female blockbuster", 1),
        ("female greenhouse gas emissions", 1),  # one term of the glossary
        ("how many female employees", 0),  # what asks is no word of the corpus
        ("the number of female employees", 0),
        ("", 0),
    ],
)
def test_words_that_the_corpus_lacks(question: str, lacking: int) -> None:
    assert Bridge(tokens("女性员工 5 人。")).lacking(question) == lacking


def test_what_is_said_in_short_is_spelt_out_in_traditional_characters_too() -> None:
    bridge = Bridge(tokens("男性员工 女性员工 员工"))
    assert bridge.query_terms("男員工有幾人") == bridge.query_terms("男员工有几人")
