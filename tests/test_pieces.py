"""Text in one way of writing, in pieces."""

from index.pieces import normalise, pieces, stem


def test_normalise_keeps_case() -> None:
    assert normalise("ＥＳＧ報告２０２３\u200b年（全文）") == "ESG报告2023年(全文)"


def test_pieces_and_stems() -> None:
    assert list(pieces("2023年R&D投入12,000.50万元")) == [
        *("2023", "年", "r&d", "投入", "12000.5", "万元"),
    ]
    assert stem("employees") == stem("employee")
    assert stem("27001") == "27001"
