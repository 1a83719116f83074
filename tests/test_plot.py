import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from rag.chart import Chart, Point
from rag.plot import bars, draw, frame, text

SVG = "svg"


def parsed(html):
    return ElementTree.fromstring(html)


def numbers(html, name):
    return [float(rect.get(name)) for rect in parsed(html).iter("rect")]


def test_bars_are_as_long_as_their_values():
    html = bars("t", "d", [("a", 10.0, "10"), ("b", 20.0, "20"), ("c", 0.0, "0")])
    widths = numbers(html, "width")
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.1)
    assert widths[2] == 1  # still to be seen
    assert len(set(numbers(html, "x"))) == 1


def test_values_below_zero_go_the_other_way():
    html = bars("t", "d", [("a", -10.0, "-10"), ("b", 10.0, "10")])
    (left, right), (one, two) = numbers(html, "x"), numbers(html, "width")
    assert left + one == pytest.approx(right, abs=0.2)
    assert one == two


@pytest.mark.parametrize(
    "label", ["2023", "一二三四五六七八九十" * 2, "with many letters " * 2, ""]
)
@pytest.mark.parametrize("said", ["1", "1,234,567.89 RMB million"])
def test_everything_is_inside_the_picture(label, said):
    html = bars("t", "d", [(label, 5.0, said), (label, 3.0, said)])
    svg = next(parsed(html).iter(SVG))
    width, height = map(float, svg.get("viewBox").split()[2:])
    for rect in svg.iter("rect"):
        assert float(rect.get("x")) >= 0
        assert float(rect.get("x")) + float(rect.get("width")) < width
        assert float(rect.get("y")) + float(rect.get("height")) <= height
    assert all(0 <= float(shape.get("y")) <= height for shape in svg.iter("text"))


def test_text_is_text():
    evil = "</text><script>x</script>&\"'"
    html = bars(evil, evil, [(evil, 1.0, evil)])
    tree = parsed(html)
    assert {element.tag for element in tree.iter()} <= {
        "figure", "figcaption", "svg", "title", "desc", "text", "rect", "path"
    }  # fmt: skip
    assert [shape.text for shape in tree.iter("text")] == [evil, evil]
    assert tree.find("figcaption").text == evil


def test_a_chart_says_what_it_shows():
    points = (
        Point("2022", Decimal("2310.50"), "2,310.50 万元", (1,), (5,)),
        Point("2023", Decimal("2702.80"), "2,702.80 万元", (1,), (5,)),
    )
    tree = parsed(draw(Chart("years", "研发投入", "万元", "zh", points, ())))
    svg = tree.find(SVG)
    assert svg.get("role") == "img"
    assert svg.find("title").text == "研发投入"
    assert svg.find("desc").text == "2022：2,310.50 万元；2023：2,702.80 万元"
    assert svg.find("desc").text in svg.get("aria-label")
    assert [shape.text for shape in svg.iter("text")] == [
        "2022", "2,310.50 万元", "2023", "2,702.80 万元"
    ]  # fmt: skip
    shares = Chart("parts", "Shares", "%", "en", (Point("a", Decimal("5.0"), "", (1,), (1,)),), ())
    assert parsed(draw(shares)).find(SVG).find("desc").text == "a: 5.0%"


def test_nothing_is_fetched_and_no_colour_is_fixed():
    html = bars("t", "d", [("a", 1.0, "1")])
    assert not re.search(r"https?:|url\(|#[0-9a-f]{3}|style=", html)


def test_a_frame_without_a_description():
    svg = parsed(frame("t", (10, 5.5), [text(1, 2, "a", 'class="row"')])).find(SVG)
    assert svg.get("viewBox") == "0 0 10 5.5"
    assert svg.get("aria-label") == "t"
    assert svg.find("desc") is None
    assert svg.find("text").get("class") == "row"
