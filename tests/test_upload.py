from pathlib import PurePosixPath, PureWindowsPath

import pytest

from index.report import parse
from rag.upload import Limits, UploadError, check_file, check_length, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("报告 2023(终稿).txt", "报告 2023(终稿).txt"),
        ("../../../etc/cron.d/evil.txt", "evil.txt"),
        ("..\\..\\evil.md", "evil.md"),
        ("C:evil.txt", "C_evil.txt"),
        ("/etc/passwd", "passwd"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("\ud800.txt", "_.txt"),
        ("$(touch x);`id`|<b>.txt", "_(touch x)__id___b_.txt"),
        (".txt", "report.txt"),
        ("...", "report."),
        ("", "report"),
        ("长" * 300 + ".txt", "长" * 60 + ".txt"),
        ("a." + "x" * 300, "a." + "x" * 10),
    ],
)
def test_a_name_is_one_harmless_part_of_a_path(name, safe):
    found = safe_name(name)
    assert found == safe
    assert PurePosixPath(found).name == PureWindowsPath(found).name == found
    assert len(found.encode()) < 255


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT", "a.b.Md", "a.Pdf"])
def test_text_markdown_and_pdf_are_taken(name):
    check_file(name, b"x" * 10, Limits(text=10, pdf=10))


@pytest.mark.parametrize("name", ["a.docx", "a", "pdf", "a.txt.exe", ""])
def test_other_types_are_not(name):
    with pytest.raises(UploadError, match=r"\.pdf, \.txt or \.md") as told:
        check_file(safe_name(name), b"x", Limits())
    assert "另存为" in told.value.zh


def test_the_size_is_limited_and_that_of_a_pdf_less():
    data = b"x" * (5 * 1024 * 1024 + 1)
    check_file("a.pdf", data, Limits())
    with pytest.raises(UploadError, match=r"has 5,242,881 bytes; at most 5 MB"):
        check_file("a.txt", data, Limits())
    with pytest.raises(UploadError, match=r"at most 1 MB"):
        check_file("a.pdf", data, Limits(pdf=1024 * 1024))


def test_the_length_is_limited():
    report = parse(["甲\t1\t2"] * 20)  # so many rows, and the section of them
    check_length("a.txt", report, Limits(entries=21))
    with pytest.raises(UploadError, match=r"a\.txt has more than 20 sentences"):
        check_length("a.txt", report, Limits(entries=20))
    check_length("a.txt", parse(["1\t" * 1000]), Limits())
    with pytest.raises(UploadError, match=r"1,000 cells"):
        check_length("a.txt", parse(["1\t" * 1001]), Limits())
