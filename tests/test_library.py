import tempfile
import threading

import pytest
from conftest import DAIRY, SHIPPING, FakeEmbedder
from fakes import REPORT_TEXT, FakeLanguageModel, small_index

from index.errors import ReportError
from index.source import SourceError
from rag import library
from rag.library import OWN, Library
from rag.upload import Limits, UploadError

DATA = DAIRY.read_bytes()


@pytest.fixture
def own(tmp_path):
    return small_index(tmp_path / "own")


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """The folder in which temporary files are made: what is left there is left behind."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def books(own):
    return Library(own, FakeEmbedder(), None, Limits(text=100_000, entries=500, each=2, total=3))


def left(temporary):
    return list(temporary.glob("report-answers-*"))


def ids(books, visitor):
    return [report.id for report in books.reports(visitor)]


def test_an_added_report_can_be_asked_and_removed(books, temporary):
    told = []
    added = books.add("ann", "dairy.txt", DATA, told.append)
    assert (told[0], told[-1]) == (0.1, 1.0)  # it is read
    own, report = books.reports("ann")
    assert (own.id, own.removable) == (OWN, False)
    assert own.title == "海岳食品股份有限公司 2023 年度报告"
    assert (report.id, report.removable) == (added, True)
    assert report.lines > 50
    answer = books.assistant("ann", added).ask("员工总数是多少？")
    assert answer.citations[0].passage.report == report.title != own.title
    books.remove("ann", added)
    assert ids(books, "ann") == [OWN]
    with pytest.raises(UploadError, match="no longer open"):
        books.assistant("ann", added)
    assert left(temporary) == []


def test_nothing_of_an_upload_is_on_the_disk_once_it_is_indexed(books, temporary):
    during = []
    books.add("ann", "a.txt", DATA, lambda _: during.append(left(temporary)))
    assert [len(folders) for folders in during] == [1] * len(during)
    assert left(temporary) == []


def test_one_visitor_has_no_way_to_the_report_of_another(books):
    added = books.add("ann", "dairy.txt", DATA)
    assert ids(books, "ben") == [OWN]
    with pytest.raises(UploadError):
        books.assistant("ben", added)
    books.remove("ben", added)
    books.forget("ben")
    assert ids(books, "ann") == [OWN, added]
    other = books.add("ben", "dairy.txt", DATA)
    assert other != added
    assert len(added) > 20


def test_all_assistants_share_the_models(own):
    llm = FakeLanguageModel()
    books = Library(own, FakeEmbedder(), llm)
    first, second = books.assistant("ann"), books.assistant("ann", books.add("ann", "a.txt", DATA))
    assert first.retriever.embedder is second.retriever.embedder
    assert first._llm is second._llm is llm
    assert first.index is own is not second.index


def test_the_same_file_again_is_the_same_report(books):
    added = books.add("ann", "dairy.txt", DATA)
    embedded = len(books.assistant("ann").retriever.embedder.embedded)
    assert books.add("ann", "again.txt", DATA) == added
    assert ids(books, "ann") == [OWN, added]
    assert len(books.assistant("ann").retriever.embedder.embedded) == embedded


@pytest.mark.parametrize(
    ("name", "data", "en", "zh"),
    [
        ("a.docx", DATA, ".pdf, .txt or .md", ".pdf、.txt、.md"),
        ("txt", DATA, ".pdf, .txt or .md", ".pdf、.txt、.md"),
        ("a.txt", b"x" * 100_001, "0.0954 MB", "0.0954 MB"),
        ("a.txt", b"a\t1\t2\n" * 900, "500 sentences", "500 条"),
        ("a.txt", b"1\t" * 5000, "1,000 cells", "1,000 个单元格"),
        ("a.txt", b"", "empty", "空的"),
        ("a.md", b" \n\t\n", "empty", "空的"),
        ("a.txt", bytes(range(256)) * 40, "not a text file", "不是文本文件"),
        (
            "a.txt",
            b"%PDF-1.7\x00\x00\x01\xff\xfe" * 90,
            "cannot be read as a PDF",
            "无法读取 PDF 文件",
        ),
    ],
)
def test_what_cannot_be_read_is_said_and_harms_nothing(books, temporary, name, data, en, zh):
    with pytest.raises((UploadError, SourceError)) as told:
        books.add("ann", name, data)
    assert en in told.value.message("en")
    assert zh in told.value.message("zh")
    assert ids(books, "ann") == [OWN]
    assert left(temporary) == []
    assert books.assistant("ann").ask("2023 年研发投入是多少？").answered
    assert books.add("ann", "dairy.txt", DATA)


def test_a_file_cut_off_inside_a_character_is_read(books):
    data = REPORT_TEXT.encode()
    cut = data[: data.index("员工培训".encode()) + 1]
    assert books.assistant("ann", books.add("ann", "a.txt", cut)).ask("研发投入是多少？").answered


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/passwd.txt", "a\x00b.txt", ".txt"])
def test_a_hostile_file_name_stays_in_its_folder(books, temporary, name):
    added = books.add("ann", name, "# 甲\n\n乙。".encode())
    assert ids(books, "ann") == [OWN, added]
    assert left(temporary) == []
    assert {path.name for path in temporary.parent.iterdir()} == {"own", "temporary"}


def test_a_visitor_has_so_many_places(books):
    added = [books.add("ann", "a.txt", DATA), books.add("ann", "b.md", SHIPPING.read_bytes())]
    with pytest.raises(UploadError) as told:
        books.add("ann", "c.txt", REPORT_TEXT.encode())
    assert "2 reports" in told.value.en
    assert "2 份" in told.value.zh
    books.remove("ann", added[0])
    assert books.add("ann", "c.txt", REPORT_TEXT.encode())


def test_a_report_long_unused_makes_room(books, monkeypatch):
    first = books.add("ann", "a.txt", DATA)
    books.add("ben", "a.txt", DATA)
    books.add("cat", "a.txt", DATA)
    with pytest.raises(UploadError, match="3 places"):
        books.add("dan", "a.txt", DATA)
    monkeypatch.setattr(library, "IDLE", -1.0)
    books.assistant("ann", first)  # used: another one was unused longest
    added = books.add("dan", "a.txt", DATA)
    assert ids(books, "dan") == [OWN, added]
    assert ids(books, "ann") == [OWN, first]
    assert ids(books, "ben") == [OWN]


def test_a_visitor_who_left_takes_the_reports_along(books):
    books.add("ann", "a.txt", DATA)
    added = books.add("ben", "a.txt", DATA)
    books.forget("ann")
    assert ids(books, "ann") == [OWN]
    assert ids(books, "ben") == [OWN, added]


class StoppedError(Exception):
    pass


def test_a_stopped_upload_leaves_nothing(books, temporary):
    def stop(done):
        if done > 0.3:
            raise StoppedError

    for _ in range(4):  # more often than there are places
        with pytest.raises(StoppedError):
            books.add("ann", "a.txt", DATA, stop)
    assert ids(books, "ann") == [OWN]
    assert left(temporary) == []
    assert books.add("ann", "a.txt", DATA)


def test_uploads_wait_for_one_another_and_can_be_stopped_while_they_wait(books, monkeypatch):
    monkeypatch.setattr(library, "_WAIT", 0.01)
    begun, gate, running, most = threading.Event(), threading.Event(), [], []

    def hold(done):
        running.append(1)
        most.append(len(running))
        begun.set()
        gate.wait(10)
        running.pop()

    def stop(done):
        raise StoppedError

    adding = threading.Thread(target=books.add, args=("ann", "a.txt", DATA, hold))
    adding.start()
    assert begun.wait(10)
    with pytest.raises(StoppedError):
        books.add("ben", "a.txt", DATA, stop)
    assert books.reports("ben") == books.reports("ann")  # neither is there yet
    waiting = threading.Thread(target=books.add, args=("cat", "a.txt", DATA))
    waiting.start()
    gate.set()
    adding.join(10), waiting.join(10)
    assert [len(books.reports(visitor)) for visitor in ("ann", "ben", "cat")] == [2, 1, 2]
    assert set(most) == {1}


def test_places_are_held_while_reports_are_indexed(books):
    def add_more(done):
        if not done:
            with pytest.raises(UploadError, match="2 reports"):
                books.add("ann", "c.txt", REPORT_TEXT.encode())

    books.add("ann", "a.txt", DATA)
    books.add("ann", "b.md", SHIPPING.read_bytes(), add_more)
    assert len(books.reports("ann")) == 3


def test_the_library_of_the_settings(own, tmp_path, monkeypatch):
    monkeypatch.setattr(library, "open_embedder", lambda name, cache: FakeEmbedder(name))
    monkeypatch.setenv("RAG_INDEX", str(tmp_path / "missing"))
    monkeypatch.setenv("RAG_LLM", "none")
    with pytest.raises(ReportError, match="missing"):
        Library.open()


def test_an_upload_gives_way_to_answers_for_a_while(own, monkeypatch):
    monkeypatch.setattr(library, "_PATIENCE", 30.0)
    llm = FakeLanguageModel()
    llm.is_busy = True
    books, told, added = Library(own, FakeEmbedder(), llm), [], []
    uploading = threading.Thread(
        target=lambda: added.append(books.add("ann", "a.txt", DATA, told.append)), daemon=True
    )
    uploading.start()
    uploading.join(0.5)
    assert told == [0.1]
    llm.is_busy = False
    uploading.join(30)
    assert ids(books, "ann") == [OWN, *added]
    llm.is_busy = True
    monkeypatch.setattr(library, "_PATIENCE", 0.01)
    assert books.add("ann", "other.txt", SHIPPING.read_bytes())  # not for ever
