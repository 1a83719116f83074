"""How the companies and people of a report are called in English."""

import pytest

from rag.latin_names import Naming, defined, english_names

ROWS = """本公司、公司、澜山医药\t指\t澜山医药集团股份有限公司
澜山制药\t指\t澜山制药（宜昌）有限公司，公司全资子公司
川骨器械\t指\t成都川骨医疗器械有限公司
研究院\t指\t澜山药物研究院有限公司
精密部件\t指\t青泽川骨精密部件有限公司
报告期\t指\t2024年1月1日至2024年12月31日"""


def test_rows_define_short_names():
    assert defined([ROWS]) == {
        "澜山医药": "澜山医药集团股份有限公司",
        "澜山制药": "澜山制药（宜昌）有限公司",
        "川骨器械": "成都川骨医疗器械有限公司",
        "精密部件": "青泽川骨精密部件有限公司",
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("朔北新能源有限公司（以下简称“朔北新能源”或“公司”）成立。", ["朔北新能源"]),
        ("朔北新能源有限公司（简称：朔北新能）成立。", ["朔北新能"]),
        ("朔北新能源有限公司（成立于 1998 年）", []),
        ("海澜燃气\t云岭水电有限公司", []),  # of another company
        ("劳动法（以下简称“《劳动法》”）", []),
    ],
)
def test_brackets_define_short_names(text, names):
    assert list(defined([text])) == names


def test_short_names_have_an_english_of_their_own():
    said = english_names(defined([ROWS]))
    assert said["澜山医药"] == "Lanshan Pharmaceutical"
    assert said["澜山制药"] == "Lanshan Zhiyao"  # another company than the one before
    assert said["川骨器械"] == "Chuangu Medical Devices"
    assert said["川骨"] == "Chuangu"
    assert "精密部件" not in said  # words, and no name


def test_the_company_of_the_report_keeps_its_own_latin_name():
    names = {"澜山能源": "澜山清洁能源集团股份有限公司", "厦门澜山": "厦门澜山科技有限公司"}
    said = english_names(names, ("澜山清洁能源集团", "Lanvora"))
    assert said["澜山能源"] == said["澜山"] == "Lanvora"
    assert said["厦门澜山"] == "Xiamen Lanvora"


def test_names_are_put_in_the_place_of_chinese_ones():
    naming = Naming(("澜山医药",), {"川骨器械": "Chuangu Medical Devices", "川骨": "Chuangu"})
    assert naming.in_latin("川骨器械有限公司") == "Chuangu Medical Devices有限公司"
    assert naming.in_latin("A川骨B") == "A Chuangu B"
    assert naming.in_latin("总经理陆知行任组长") == "总经理Lu Zhixing任组长"
