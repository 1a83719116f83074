"""The decoder: what it reads once, what it writes, and what it tells of a model."""

from types import SimpleNamespace

import numpy as np
import pytest

from rag.decoder import Decoder
from rag.reader import Reader, told_of

VOCABULARY = 100
LAST = 9
END = 99


class Layers:
    """Layers that hold the tokens themselves. The hidden state of the lower ones is the tokens; of
    these the upper ones make logits: they count on, and end before the next ten.
    """

    def __init__(self, *, upper):
        self.upper = upper
        self.fed = []
        self.state = np.zeros((1, 1, 0, 1), np.float32)

    def read(self, inputs, hidden=None):
        tokens = inputs["input_ids"]
        rows, past = self.state.shape[0], self.state.shape[2]
        mask, positions = inputs["attention_mask"], inputs["position_ids"]
        assert mask.shape == (rows, past + tokens.shape[1])
        assert inputs["beam_idx"].tolist() == list(range(rows))
        for row in range(rows):
            read = int(mask[row].sum())
            assert mask[row].tolist() == [0] * (mask.shape[1] - read) + [1] * read
            assert positions[row].tolist() == list(range(read - tokens.shape[1], read))
            assert not self.state[row, 0, : mask.shape[1] - read].any()
        self.fed.append(tokens.tolist() if rows > 1 else tokens[0].tolist())
        new = tokens.astype(np.float32)
        self.state = np.concatenate([self.state, new[:, None, :, None]], axis=2)
        if not self.upper:
            return new[:, :, None]
        assert hidden[:, :, 0].tolist() == tokens.tolist()
        logits = np.zeros((rows, VOCABULARY), np.float32)
        for row, token in enumerate(tokens[:, -1]):
            logits[row, END if token % 10 == LAST else token + 1] = 1
        return logits

    def held(self):
        return [self.state]

    def hold(self, states):
        [self.state] = states or [np.zeros((1, 1, 0, 1), np.float32)]


class Streamer:
    """Tells a token's number as soon as an even one follows or nothing does."""

    def __init__(self, tokenizer, hear):
        self.hear, self.waiting = hear, ""

    def write(self, token):
        self.waiting += f"{token} "
        if token % 2 == 0:
            self.end()

    def end(self):
        assert not self.hear(self.waiting)
        self.waiting = ""


WORDS = {b"one": 0, "一".encode(): 72, b" \xe4\xb8": 74, b"\xb8": 75, "é“”".encode(): 76}
TOKENIZER = SimpleNamespace(get_eos_token_id=lambda: END, get_vocab=lambda: WORDS)


def decoder():
    lower, upper = Layers(upper=False), Layers(upper=True)
    made = Decoder(Reader(lower, upper), TOKENIZER, Streamer)
    made.layers_above = upper
    return made, lower


def prompt(*ends, begin=0):
    """40 tokens that are alike in all prompts with one beginning, and their ends."""
    return [*range(begin, begin + 40), *ends]


def written(made, *prompts, most=20):
    """The texts behind some prompts; of one, its pieces."""
    pieces = [[] for _ in prompts]
    ended = []
    for place, piece in made.write(prompts, most):
        if piece is None:
            ended.append(place)
        else:
            assert place not in ended
            pieces[place].append(piece)
    assert sorted(ended) == list(range(len(prompts)))
    texts = ["".join(text) for text in pieces]
    return texts if len(prompts) > 1 else [piece for piece in pieces[0] if piece]


def test_what_it_holds_is_what_it_was_told():
    made, request = decoder()
    assert made.state(prompt(70, 71)).tolist() == [71.0]
    assert request.fed == [prompt(70, 71)]
    assert made.layers_above.fed == []  # the state alone is not theirs
    assert made.logits(prompt(70, 71)).argmax() == 72
    assert made.layers_above.fed == [prompt(70, 71)]


def test_what_goes_on_from_the_last_prompt_is_read_from_there():
    made, request = decoder()
    made.state(prompt(70, 71))
    made.state(prompt(70, 72, 73))
    made.state(prompt(70, 72, 73))
    assert request.fed[1:] == [[72, 73], [73]]  # the last token has what it is asked for
    assert request.state.ravel().tolist() == prompt(70, 72, 73)


def test_what_was_written_is_gone_on_from_too():
    made, request = decoder()
    assert written(made, prompt(86)) == ["87 88 ", "89 "]
    made.state(prompt(86, 87, 88, 75))
    assert request.fed[-1] == [75]
    assert request.state.ravel().tolist() == prompt(86, 87, 88, 75)


def test_how_prompts_begin_is_kept_while_others_are_read():
    made, request = decoder()
    made.state(prompt(70, 71))
    made.state(prompt(70, begin=45))
    made.state(prompt(72))
    made.state(prompt(73, 74, begin=45))
    made.state(prompt(70, 71))  # only the beginning is kept
    assert request.fed[2:] == [[72], [73, 74], [70, 71]]
    assert request.state.ravel().tolist() == prompt(70, 71)


def test_the_beginnings_that_are_kept_are_few():
    made, request = decoder()
    for begin in range(0, 60, 6):
        made.state(prompt(70, begin=begin))
    made.state(prompt(71, begin=0))
    assert request.fed[-1] == prompt(71, begin=0)


def test_what_was_read_is_kept_for_other_processes(tmp_path):
    made, _ = decoder()
    made.state([1, 2])  # too short for others to begin so
    made.state(prompt(70, 71))
    made.logits(prompt(72, begin=45))
    made.save(tmp_path / "kept.npz", "these")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.npz"]
    assert told_of(tmp_path / "kept.npz") == "these"
    with np.load(tmp_path / "kept.npz") as file:
        assert len(file.files) == 1 + 2 * 4  # of what was read twice, and of both all there is
    other, request = decoder()
    other.load(tmp_path / "kept.npz")
    assert other.logits(prompt(75)).argmax() == 76
    assert other.logits(prompt(76, begin=45)).argmax() == 77
    assert request.fed == [[75], [76]]
    assert other.layers_above.fed == [prompt(75), [76]]  # only of the second they had read it


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-99], lambda data: b"no"])
def test_what_is_damaged_is_not_gone_on_from(tmp_path, damage):
    made, _ = decoder()
    made.state(prompt(70))
    path = tmp_path / "kept.npz"
    made.save(path, "these")
    path.write_bytes(damage(path.read_bytes()))
    assert told_of(path) == ""
    with pytest.raises(ValueError, match="damaged"):
        decoder()[0].load(path)
    assert told_of(tmp_path / "none.npz") == ""
    with pytest.raises(OSError, match="none"):
        made.load(tmp_path / "none.npz")


def test_what_another_model_holds_is_not_gone_on_from(tmp_path):
    made, request = decoder()
    made.state(prompt(70))
    made.save(tmp_path / "kept.npz", "these")
    other, request = decoder()
    request.held = lambda: [request.state] * 2
    with pytest.raises(ValueError, match="another model"):
        other.load(tmp_path / "kept.npz")


def test_text_comes_as_soon_as_it_is_whole_and_none_is_lost():
    pieces = [(0, ""), (0, "85 86 "), (0, "87 ")]
    assert list(decoder()[0].write([[1, 84]], 3)) == [*pieces, (0, None)]
    assert list(decoder()[0].write([[1, 86]], 3)) == [(0, ""), (0, "87 88 "), (0, "89 "), (0, None)]
    assert list(decoder()[0].write([[1, 89]], 3)) == [(0, None)]
    assert list(decoder()[0].write([], 3)) == []


def test_no_token_of_a_latin_text_is_chinese():
    made, _ = decoder()
    assert written(made, [1, 70]) == ["71 72 ", "73 74 ", "75 76 ", "77 78 ", "79 "]
    told = [piece for _, piece in made.write([[1, 70]], 3, latin=True)]
    assert told == ["", "71 0 ", "1 ", None]  # the next best of what is left
    assert written(made, [1, 74]) == ["75 76 ", "77 78 ", "79 "]
    assert [piece for _, piece in made.write([[1, 73], [1, 71]], 1, latin=True)] == [
        "0 ", None, "0 ", None,
    ]  # fmt: skip


def test_nothing_is_read_after_the_last_token():
    made, request = decoder()
    list(made.write([[1, 82]], 2))
    assert request.fed == [[1, 82], [83]]


def test_texts_are_written_side_by_side():
    made, request = decoder()
    assert written(made, prompt(80), prompt(70, 75), prompt(66)) == [
        "".join(f"{token} " for token in tokens)
        for tokens in (range(81, 90), range(76, 80), range(67, 70))
    ]
    # the first words of the first are told before the others are read
    assert request.fed[1:6] == [[81], [82], [70, 75], [[83], [76]], [66]]
    assert [[84], [77], [67]] in request.fed
    assert request.fed[-1] == [89]  # the others have come to their ends


def test_others_take_the_place_of_texts_that_have_ended():
    made, request = decoder()
    tens = (2, 3, 4, 1, 5)
    prompts = [prompt(*range(60, 60 + ten), 10 * ten + 5) for ten in tens]
    counted = ["".join(f"{10 * ten + one} " for one in (6, 7, 8, 9)) for ten in tens]
    assert written(made, *prompts) == counted
    assert max(len(fed) for fed in request.fed if isinstance(fed[0], list)) == 3
    assert list(made.write([[1, 89], [1, 89], [1, 88]], 5))[:2] == [(0, None), (1, None)]


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_no_text_is_longer_than_asked_for(most):
    told = written(decoder()[0], [1, 80], [2, 3, 87], [4, 70], most=most)
    assert [len(text.split()) for text in told] == [most, min(most, 2), most]


def test_what_others_wrote_beside_is_not_gone_on_from():
    made, request = decoder()
    list(made.write([[1, 88], [2, 88]], 1))
    made.state([1, 88, 89])
    assert request.state.ravel().tolist() == [1, 88, 89]


def test_who_stops_leaves_the_decoder_as_good_as_new():
    made, _ = decoder()
    pieces = made.write([[1, 80], [2, 3, 70]], 9)
    for _ in range(4):
        next(pieces)
    pieces.close()
    assert written(made, [1, 85]) == written(decoder()[0], [1, 85])


def test_a_reading_that_fails_leaves_nothing_behind(monkeypatch):
    made, request = decoder()
    made.state([1, 2, 3])
    with monkeypatch.context() as patch:
        read = Layers.read

        def fails(layers, *given):
            read(layers, *given)
            raise RuntimeError

        patch.setattr(Layers, "read", fails)
        with pytest.raises(RuntimeError):
            made.state([1, 2, 4])
    made.state([1, 2, 5])
    assert request.state.ravel().tolist() == [1, 2, 5]
    made.state([1, 2, 5, 6])
    assert request.state.ravel().tolist() == [1, 2, 5, 6]


def test_what_the_upper_layers_have_not_read_they_read_once_words_are_asked_for():
    made, lower = decoder()
    made.state(prompt(70, 71))
    made.state(prompt(70, 75))
    assert written(made, prompt(70, 75, 76)) == ["77 78 ", "79 "]
    assert lower.fed[1:3] == [[75], [76]]
    assert made.layers_above.fed == [prompt(70, 75, 76), [77], [78], [79]]
    assert written(made, prompt(70, 85)) == ["86 ", "87 88 ", "89 "]
    assert made.layers_above.fed[4] == [85]  # what both begin with is kept of them too


def test_what_is_kept_of_the_lower_layers_alone_goes_on_in_all():
    made, lower = decoder()
    made.state(prompt(70, 71))
    made.state(prompt(75, begin=45))
    assert written(made, prompt(78), prompt(87, begin=45)) == ["79 ", "88 89 "]
    assert lower.fed[2] == [78]
    assert made.layers_above.fed[0] == prompt(78)
    made.state(prompt(75, begin=45))
    assert written(made, prompt(77)) == ["78 ", "79 "]
    assert made.layers_above.fed[-3] == [77]


def test_a_text_that_fails_above_leaves_nothing_behind(monkeypatch):
    made, _ = decoder()
    made.state([1, 2, 3])
    with monkeypatch.context() as patch:
        patch.setattr(made.layers_above, "read", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            made.logits([1, 2, 4])
    assert made.logits([1, 2, 5]).argmax() == 6
    assert made.layers_above.state.ravel().tolist() == [1, 2, 5]


def test_what_the_upper_layers_have_read_in_part_is_cut_in_part():
    made, lower = decoder()
    made.logits(prompt(70))
    made.state(prompt(70, 71, 72, 73))
    assert made.logits(prompt(70, 71, 80)).argmax() == 81
    assert lower.fed[1:] == [[71, 72, 73], [80]]
    assert made.layers_above.fed == [prompt(70), [71, 80]]
