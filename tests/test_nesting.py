from index.report import parse


def paths(*paragraphs):
    """The paths of a plain text; an empty paragraph stands for a picture."""
    report = parse("\n\n".join(paragraphs).split("\n"))
    return [" › ".join(section.path) for section in report.root.walk() if section.path]


TEXT = "公司建立了相应的制度，并且执行良好。"


def test_a_group_holds_what_shares_a_word_with_it_or_its_members():
    found = paths(
        "排放管理", "废水排放", TEXT, "废气排放", TEXT, "废气检测", TEXT, "公平竞争", TEXT
    )
    inside = ["废水排放", "废气排放", "废气检测"]
    assert found == ["排放管理", *(f"排放管理 › {title}" for title in inside), "公平竞争"]


def test_siblings_of_one_kind_share_their_last_character():
    found = paths("三会运作", "股东大会", TEXT, "董事会", TEXT, "监事会", TEXT, "信息披露", TEXT)
    assert found == [
        "三会运作",
        "三会运作 › 股东大会",
        "三会运作 › 董事会",
        "三会运作 › 监事会",
        "信息披露",
    ]


def test_a_group_of_boxes_ends_where_no_picture_stands_before_a_heading():
    found = paths(
        "客户服务",
        TEXT,
        "服务流程",
        "",
        "",
        "售前服务",
        TEXT,
        "",
        "",
        "售后服务",
        TEXT,
        "服务网点",
        TEXT,
    )
    assert found == [
        "客户服务",
        "服务流程",
        "服务流程 › 售前服务",
        "服务流程 › 售后服务",
        "服务网点",
    ]


def test_a_heading_that_returns_in_one_section_divides_what_stands_above_it():
    found = paths(
        "一、客户",
        "售后政策",
        TEXT,
        "海外市场",
        TEXT,
        "投诉处理",
        TEXT,
        "海外市场",
        TEXT,
    )
    assert "一、客户 › 售后政策 › 海外市场" in found
    assert "一、客户 › 投诉处理 › 海外市场" in found


def test_a_heading_repeated_under_itself_is_no_second_section():
    assert paths("质量方针", TEXT, "质量方针", "不断创新。", "质量目标", TEXT) == [
        "质量方针",
        "质量目标",
    ]


def test_a_chapter_goes_on_behind_a_box_that_every_chapter_has():
    chapter = ["年度成果", "- 捐款：2 万元", "", "", TEXT, "案例一：助学", TEXT]
    found = paths("第一章 甲", *chapter, "第二章 乙", *chapter, "第三章 丙", *chapter)
    assert found.count("第一章 甲") == 2  # the chapter, and where it goes on
    assert "第一章 甲 › 案例一：助学" in found


def test_culture_between_pictures_is_no_caption(bundled):
    found = [" › ".join(section.path[1:]) for section in bundled.root.walk()]
    assert "关于我们 › 企业文化 › 我们的愿景" in found
    assert "坚持合规经营 › 关联交易" in found
    assert "推动技术创新 › 研发创新实践 › 合作研发机制" in found
    assert "守护员工健康 › 安全管理措施 › 急救药箱管理" in found
    assert "客户权益保护 › 提升客户满意度 › 客户投诉响应 › 国内市场" in found
    assert "案例一：公益教学活动" in found
