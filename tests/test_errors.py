import pytest

from index.errors import ReportError
from index.source import SourceError
from index.store import StoreError


def test_a_message_in_each_language():
    error = ReportError("Build it.", "请建立。")
    assert (error.message("zh"), error.message("en")) == ("请建立。", "Build it.")
    assert str(error) == "Build it."


@pytest.mark.parametrize("kind", [SourceError, StoreError])
def test_all_errors_for_users_are_caught_as_one(kind):
    with pytest.raises(ReportError):
        raise kind("a", "b")
