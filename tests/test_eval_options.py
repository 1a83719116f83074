import pytest

from eval.options import gate_parser, public_parser, run_parser


def test_without_options_the_dev_half_is_asked():
    options = run_parser().parse_args([])
    assert (options.split, options.kind, options.lang, options.limit) == ("dev", [], None, None)
    assert not any((options.baseline, options.peer, options.search_only, options.resume))


def test_kinds_add_up():
    assert run_parser().parse_args(["--kind", "list", "--kind", "fact"]).kind == ["list", "fact"]


def test_the_gate_measures_ours_with_the_embedded_model():
    options = gate_parser().parse_args([])
    assert (options.llm, options.baseline, options.peer) == ("local", False, None)


@pytest.mark.parametrize(
    ("parser", "arguments", "message"),
    [
        (run_parser(), ["--limit", "0"], "must be at least 1"),
        (run_parser(), ["--baseline", "--peer", "llama-index"], "not allowed with"),
        (run_parser(), ["--peer", "nobody"], "invalid choice"),
        (run_parser(), ["--embedder", "nobody"], "invalid choice"),
        (public_parser(), ["rgb", "zh.json", "--noise", "1"], "less than 1"),
        (public_parser(), ["xquad", "--zh", "zh.json"], "required"),
    ],
)
def test_what_cannot_be_is_told(parser, arguments, message, capsys):
    with pytest.raises(SystemExit, match="2"):
        parser.parse_args(arguments)
    assert message in capsys.readouterr().err
