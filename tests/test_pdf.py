"""PDF files: what is read of them, and what is said of those that cannot be."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from index import pdf
from index.passage import read_passages
from index.pdf import pdf_lines
from index.pdf_pieces import clean, in_pieces, joined
from index.report import Report, read_report
from index.source import SourceError, read_lines

SHIPYARD = Path(__file__).parent.parent / "eval" / "others" / "shipyard.pdf"
BLANK = """
JVBERi0xLjMKMSAwIG9iago8PC9UeXBlL0NhdGFsb2cvUGFnZXMgMiAwIFI+PgplbmRvYmoKMiAwIG9iago8PC9UeXBlL1Bh
Z2VzL0NvdW50IDEvS2lkc1szIDAgUl0+PgplbmRvYmoKMyAwIG9iago8PC9UeXBlL1BhZ2UvUGFyZW50IDIgMCBSL01lZGlh
Qm94WzAgMCAxMDAgMTAwXT4+CmVuZG9iagp0cmFpbGVyCjw8L1Jvb3QgMSAwIFIvU2l6ZSA0Pj4K
"""
LOCKED = """
JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgPDdhODBkZTkxNDY+Cj4+CmVuZG9iagoyIDAgb2JqCjw8Ci9U
eXBlIC9QYWdlcwovQ291bnQgMQovS2lkcyBbIDQgMCBSIF0KPj4KZW5kb2JqCjMgMCBvYmoKPDwKL1R5cGUgL0NhdGFsb2cK
L1BhZ2VzIDIgMCBSCj4+CmVuZG9iago0IDAgb2JqCjw8Ci9UeXBlIC9QYWdlCi9SZXNvdXJjZXMgPDwKPj4KL01lZGlhQm94
IFsgMC4wIDAuMCAxMDAgMTAwIF0KL1BhcmVudCAyIDAgUgo+PgplbmRvYmoKNSAwIG9iago8PAovViAyCi9SIDMKL0xlbmd0
aCAxMjgKL1AgNDI5NDk2NzI5MgovRmlsdGVyIC9TdGFuZGFyZAovTyA8MGU1MjI5MjVhM2U0ZTg3NGMzY2ZhY2JlZjUxMWE3
M2FjNGVjMmJkODY1ZGNkM2Q0NjI3NjE0OTE3YWJmZDdlND4KL1UgPGUxMmMxODU2YWZmMDVmOGMwODRiYjZhMDcxMTcyODg1
MjhiZjRlNWU0ZTc1OGE0MTY0MDA0ZTU2ZmZmYTAxMDg+Cj4+CmVuZG9iagp4cmVmCjAgNgowMDAwMDAwMDAwIDY1NTM1IGYg
CjAwMDAwMDAwMTUgMDAwMDAgbiAKMDAwMDAwMDA1OSAwMDAwMCBuIAowMDAwMDAwMTE4IDAwMDAwIG4gCjAwMDAwMDAxNjcg
MDAwMDAgbiAKMDAwMDAwMDI2MSAwMDAwMCBuIAp0cmFpbGVyCjw8Ci9TaXplIDYKL1Jvb3QgMyAwIFIKL0luZm8gMSAwIFIK
L0lEIFsgPDRkZmVhNDExZTkxMzBlOTVlNDkxYzA3ODRkYzJiY2Y4PiA8NGRmZWE0MTFlOTEzMGU5NWU0OTFjMDc4NGRjMmJj
Zjg+IF0KL0VuY3J5cHQgNSAwIFIKPj4Kc3RhcnR4cmVmCjQ3NgolJUVPRgo=
"""


@pytest.fixture(scope="module")
def shipyard() -> Report:
    return read_report(SHIPYARD)


def outline(report: Report) -> list[tuple[str, ...]]:
    return [section.path for section in report.root.walk() if section.path]


def figure(report: Report, metric: str, period: str = "", scope: str = "") -> str:
    found = [
        f"{entry.figure.value:,} {entry.figure.unit}"
        for entry in read_passages(report).figures
        if (entry.figure.metric, entry.figure.period, entry.figure.scope) == (metric, period, scope)
    ]
    assert found, metric
    return found[0]


def test_chapters_are_those_of_the_contents_list_and_the_sizes_of_titles(shipyard):
    paths = outline(shipyard)
    assert ("关于沧屿造船", "公司概况", "企业文化") in paths
    assert ("03 绿色造船", "3.3 污染防治与资源循环", "3.3.1 废气") in paths
    assert ("公司治理",) in paths  # its chapter in the contents list has no title of its own
    assert shipyard.title == "沧屿造船集团股份有限公司2024环境、社会及治理（ESG）报告"
    assert shipyard.year == "2024"


def test_what_stands_beside_a_box_or_a_column_is_not_of_its_title(shipyard):
    of = {
        text: section.path
        for section in shipyard.root.walk()
        for block in section.blocks
        for text in shipyard.text(block.lines).split("\n")
    }
    (told,) = (path for text, path in of.items() if "女焊工36人" in text)
    assert told == ("员工雇佣与权益", "案例：女焊工班组“海燕班”")
    assert of["表11 2024年末员工构成"] == ("员工雇佣与权益",)
    assert of["表9 2024年各基地大气污染物排放（单位：吨）"][-1] == "3.3 污染防治与资源循环"
    assert of["表16 供应商分布（家）"] == ("可持续供应链",)
    assert ("可持续供应链", "供应商赋能") in outline(shipyard)


def test_columns_of_text_are_read_as_a_reader_reads_them(shipyard):
    text = "\n".join(shipyard.lines)
    left = text.index("公司把绿色船型研发作为长期竞争力的核心")
    right = text.index("公司执行“首制船百日攻关”制度")
    assert left < text.index("截至年末，累计有效专利1,268项") < right < text.index("数说创新")
    assert "涉案采购员已被解除劳动合同并移送司法机关，追回损失46万元。" in text


@pytest.mark.parametrize(
    ("metric", "period", "scope", "printed"),
    [
        ("营业收入（亿元）", "2023", "", "251.37 亿元"),  # between rules
        ("散货船", "", "其中双燃料", "2 艘"),  # on tinted rows, below the table before
        ("执行董事 顾云帆", "", "董事会出席情况（次） 亲自出席", "9 次"),  # merged cells
        ("长屿", "", "挥发性有机物 许可量", "860.0 吨"),  # a header of two levels
        ("年龄 31至50岁", "", "占比", "58.0 %"),
        ("中层管理人员", "", "人均培训时长", "56.5 小时"),
        ("员工损工事故率（次/百万工时）", "2022", "", "1.26 次/百万工时"),  # a label of two lines
        ("一般工业固体废物产生量", "2024", "", "91,475 吨"),  # goes on with its header again
        ("合格供应商总数", "2022", "", "2,194 家"),  # goes on without one
        ("专利授权", "2023", "", "203 项"),
        ("排查隐患", "2024", "", "38,617 项"),  # a key figure among others
        ("互动回复率", "2024", "", "100 %"),
    ],
)
def test_figures_of_tables_of_all_kinds(shipyard, metric, period, scope, printed):
    assert figure(shipyard, metric, period, scope) == printed


def test_pages_are_those_printed_also_two_on_a_sheet(shipyard):
    pages = {
        passage.section[-1]: passage.page
        for passage in read_passages(shipyard).passages
        if passage.section
    }
    assert (pages["ESG管理"], pages["利益相关方沟通"], pages["重要性议题"]) == (4, 5, 5)
    assert pages["供应商赋能"] == 15


def test_running_headers_and_page_numbers_are_of_no_text(shipyard):
    headers = [i for i, text in enumerate(shipyard.lines, 1) if text.startswith("\f沧屿造船")]
    assert len(headers) > 10
    assert set(headers) <= shipyard.pages


def test_items_of_a_cell_are_set_apart_and_broken_lines_are_not(shipyard):
    text = "\n".join(shipyard.lines)
    assert "<td>股东大会 业绩说明会</td>" in text
    assert "台风与风暴潮损坏船坞门、龙门吊等设施，造成停工和交付延误" in text


def test_the_mark_of_a_note_is_no_figure(shipyard):
    assert any("财务重要性¹两个维度" in text for text in shipyard.lines)


def test_radicals_are_the_characters_that_they_mean():
    assert clean("⼆〇⼆五年增⻓、部⻔、⻣科、⽤⼾") == "二〇二五年增长、部门、骨科、用户"
    assert clean("增⻑、⻱") == "增長、龜"
    assert clean("〈注〉①２０２４") == "〈注〉①２０２４"


@pytest.mark.parametrize(
    ("above", "below", "text"),
    [
        ("贯彻新发展", "理念", "贯彻新发展理念"),
        ("in the year", "2024", "in the year 2024"),
        ("Total 100", "200 units", "Total 100 200 units"),
        ("increase of", "5.6%", "increase of 5.6%"),
        ("12.3", "45.6", "12.3 45.6"),
        ("1,234", "(98)", "1,234 (98)"),
        ("1,234,567,8", "90.12", "1,234,567,890.12"),
        ("386,204,718.3", "5", "386,204,718.35"),
        ("共", "5 家", "共5 家"),
        ("2024", "年", "2024年"),
        ("ISO", "14001", "ISO 14001"),
    ],
)
def test_lines_of_one_text_are_joined_as_it_is_read(above, below, text):
    assert joined(above, below) == text


def word(text: str, x0: float, size: float = 10.0, bottom: float = 100.0) -> dict[str, object]:
    place = {"x0": x0, "x1": x0 + len(text) * size / 2, "top": bottom - size, "bottom": bottom}
    return {"text": text, "size": size, "fontname": "Song", "upright": True, **place}


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ([word("500", 10), word("1", 25, 6.5, 95)], ["500¹"]),
        ([word("CO", 10), word("2", 20, 6.5, 101)], ["CO2"]),
        ([word("1,234.5", 10), word("98.7", 49)], ["1,234.5", "98.7"]),
        ([word("0", 10), word("3", 18)], ["03"]),
        ([word("9", 10, 20), word("次", 22, 10)], ["9次"]),
        ([word("甲", 10), word("乙", 40)], ["甲", "乙"]),
    ],
)
def test_words_of_a_line_are_put_together(words, texts):
    assert [piece.text for piece in in_pieces(words, [])] == texts


def test_progress_is_told_page_by_page_and_may_end_the_reading():
    told: list[float] = []

    def tell(done: float) -> None:
        told.append(done)
        if done > 0.1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_lines(SHIPYARD, tell)
    assert told == [0.05, 0.1, pytest.approx(0.15)]


def saved(folder: Path, data: bytes) -> Path:
    file = folder / "a.pdf"
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(
    ("data", "en", "zh"),
    [
        (b"%PDF-1.7\n\x00\x01\x02", "cannot be read as a PDF", "无法读取 PDF"),
        (b"%PDF-1.7\n" + "只是文字。".encode() * 50, "cannot be read as a PDF", "无法读取 PDF"),
        (base64.b64decode(BLANK), "pictures of its pages and no text", "没有文字"),
        (base64.b64decode(LOCKED), "asks for a password", "需要密码"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_what_to_do(tmp_path, data, en, zh):
    with pytest.raises(SourceError, match=en) as caught:
        read_lines(saved(tmp_path, data))
    assert zh in caught.value.message("zh")


def small_pdf(content: str) -> bytes:
    """A PDF of one page with this content, in Helvetica (F1)."""
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources "
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"{page}{font}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
    ]
    body = "".join(f"{i} 0 obj\n{text}\nendobj\n" for i, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer\n<</Root 1 0 R/Size 5>>\n".encode()


def test_a_watermark_set_aslant_is_of_no_text(tmp_path):
    aslant = "BT /F1 40 Tf 0.8 0.5 -0.5 0.8 80 300 Tm (SECRET) Tj ET"
    text = "BT /F1 12 Tf 1 0 0 1 50 400 Tm (Revenue grew by 5.6%.) Tj ET"
    assert [t for t in read_lines(saved(tmp_path, small_pdf(f"{aslant} {text}"))) if t] == [
        "Revenue grew by 5.6%."
    ]


def test_half_a_file_is_said_to_be_damaged_or_read_in_part(tmp_path):
    data = SHIPYARD.read_bytes()
    with pytest.raises(SourceError, match="cannot be read as a PDF"):
        read_lines(saved(tmp_path, data[: len(data) // 2]))


def stand_in(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let another program take the place of the one that reads pages."""
    real = subprocess.Popen

    def start(_: list[str], **settings: object) -> "subprocess.Popen[bytes]":
        return real([sys.executable, "-c", program], **settings)

    monkeypatch.setattr(pdf.subprocess, "Popen", start)


@pytest.mark.parametrize(
    "program",
    [
        "print(2, flush=True); import time; time.sleep(60)",
        "import os, signal; print(1, flush=True); os.kill(os.getpid(), signal.SIGKILL)",
        "print(2); print([])",
        "print(1, flush=True); import sys; sys.stdout.write('[[\"a')",
        "raise SystemExit(1)",
    ],
)
def test_a_page_that_takes_too_long_or_too_much_ends_its_own_process_alone(
    tmp_path, monkeypatch, program
):
    monkeypatch.setattr(pdf, "_PATIENCE", 1.0)
    stand_in(monkeypatch, program)
    with pytest.raises(SourceError, match="damaged, or one of its pages is too much"):
        pdf_lines(tmp_path / "a.pdf")


def test_letters_that_no_font_tells_are_no_text(tmp_path, monkeypatch):
    stand_in(monkeypatch, "import json; print(1); print(json.dumps([['(cid:81)(cid:7)年报', 0]]))")
    with pytest.raises(SourceError, match="fonts that do not tell their letters"):
        pdf_lines(tmp_path / "a.pdf")


def test_the_size_of_a_title_is_the_depth_of_its_mark(tmp_path, monkeypatch):
    page = [["大", 24.0], ["", 0], ["小", 12.0], ["中", 16.0], ["也是中", 15.5], ["正文", 0]]
    stand_in(
        monkeypatch, f"import json; print(2); print(json.dumps({page})); print('[[\"二\", 9]]')"
    )
    assert pdf_lines(tmp_path / "a.pdf") == (
        "# 大", "", "### 小", "## 中", "## 也是中", "正文", "\f", "#### 二",
    )  # fmt: skip


def test_a_file_is_found_from_any_folder(monkeypatch):
    monkeypatch.chdir(SHIPYARD.parent)

    def stop(_: float) -> None:
        raise StopIteration

    with pytest.raises(StopIteration):
        pdf_lines(Path("shipyard.pdf"), stop)
