import pytest

from index import source
from index.source import SourceError, read_lines

TEXT = "2023 年报告\n\n第一章 公司治理\n\n员工 1,200 人。\n"


@pytest.fixture
def read(tmp_path):
    def read_bytes(data):
        file = tmp_path / "report.txt"
        file.write_bytes(data)
        return read_lines(file)

    return read_bytes


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        "\ufeff".encode("gb18030") + TEXT.encode("gb18030"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8-bom", "gb18030", "gb-bom", "utf-16-le", "utf-16-be", "crlf", "cr"],
)
def test_encodings_and_line_ends(read, data):
    assert read(data) == tuple(TEXT.split("\n"))


def test_other_line_separators_stay_in_their_line(read):
    assert read("一\u2028二\x0c三\x85四\n五".encode()) == ("一\u2028二\x0c三\x85四", "五")


def test_a_broken_byte_is_no_reason_to_refuse_a_report(read):
    data = (TEXT * 20).encode()
    assert read(data[:-2])[0] == "2023 年报告"
    lines = read(data[:9] + b"\xff" + data[9:])
    assert "\ufffd" in lines[0]
    assert lines[2] == "第一章 公司治理"


def test_bullets_of_a_symbol_font_are_text(read):
    assert len(read("\uf06c 项目\n".encode() * 20)) == 21


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\r\n", "\u3000\n".encode()])
def test_nothing_to_read(read, data):
    with pytest.raises(SourceError, match=r"report\.txt is empty"):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(1, 32)) * 20,
        bytes(range(128, 256)) * 20,
        b"\xff\xfe" + bytes(range(1, 256)) + b"\x00\xd8" * 400,
        b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"),
    ],
)
def test_a_binary_file_is_refused_with_advice(read, data):
    with pytest.raises(SourceError, match="Save the report as UTF-8") as caught:
        read(data)
    assert "UTF-8" in caught.value.message("zh")


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(SourceError, match=r"missing\.txt.*Check the path"):
        read_lines(tmp_path / "missing.txt")
    with pytest.raises(SourceError, match="Cannot read"):
        read_lines(tmp_path)


def test_a_file_that_is_too_large(read, monkeypatch):
    monkeypatch.setattr(source, "MAX_BYTES", 10)
    with pytest.raises(SourceError, match=r"has 11 bytes; at most 10 are read"):
        read(b"a" * 11)
    assert read(b"a" * 10) == ("a" * 10,)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04" + bytes(range(256)) * 4, "Word"),
        (b"{\\rtf1\\ansi " + TEXT.encode("gb18030") + b"}", "RTF"),
    ],
)
def test_a_document_with_the_name_of_a_text_says_what_to_do(read, data, kind):
    with pytest.raises(SourceError, match=rf"is a {kind}.*Save the report as a PDF") as error:
        read(data)
    assert "另存为 PDF" in error.value.message("zh")


def test_a_text_may_speak_of_a_format(read):
    assert read(f"格式：%PDF-1.4。\n{TEXT}".encode())[0] == "格式：%PDF-1.4。"
