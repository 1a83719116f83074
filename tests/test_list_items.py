"""The items of a list: each sentence of them, over the edge of the page."""

import pytest

from index.list_items import item_spans

LONG = "1、采购模式：公司主要原材料为塑料粒子、电机和不锈钢，采用年度框架协议和月度订单的方式采购，"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- 创新\n- 责任", ["- 创新", "- 责任"]),
        (f"{LONG}\n适度储备。\n2、以销定产。", [f"{LONG}\n适度储备。", "2、以销定产。"]),
        (f"{LONG}由\n\n上年的 12% 提升至 46%。", [f"{LONG}由\n\n上年的 12% 提升至 46%。"]),
        ("短的一行\n另一行", ["短的一行", "另一行"]),
        ("2021\n公司成立。\n2022\n公司上市。", ["2021\n公司成立。", "2022\n公司上市。"]),
    ],
    ids=["marks", "comma", "page", "short", "years"],
)  # fmt: skip
def test_the_items_of_a_list(text, items):
    assert [text[start:end].strip() for start, end in item_spans(text)] == items
