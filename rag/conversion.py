"""The embedded language model in OpenVINO's format, in which it is read to three times as fast.

``python -m rag.conversion`` converts it once, in half a minute, and lets it read what all prompts
begin with; where that cannot be done, llama.cpp goes on running it as it is.
"""

import argparse
import hashlib
import logging
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import command, openmp, weights
from index.errors import ReportError
from index.int8 import send_nothing
from rag import probe

if TYPE_CHECKING:
    from rag.openvino_chat import OpenVinoChat

_FILES = ("model", "tokenizer", "detokenizer")
# In half precision it would be read half as fast again, and written a third slower.
_SETTINGS = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
_BEGINNINGS = "beginnings.npz"  # what the model holds of the beginnings of prompts
_FIRST = "Hi"  # to read before the first question: the weights are laid out as it is read


def converted(model: Path) -> Path:
    """Return the folder where the converted form of a model file stands, if it does."""
    return model.parent.with_name(f"{model.parent.name}-openvino")


def load(model: Path, context: int, longest: int) -> "OpenVinoChat | None":
    """Return the converted form of a model file as a chat model; None where there is none.

    ``context`` and ``longest`` are the tokens that it may read and write, and write.
    """
    folder = converted(model)
    if not folder.exists() or find_spec("openvino_genai") is None:
        return None
    try:
        chat = _opened(folder, context, longest)
        chat.invoke(_FIRST, max_completion_tokens=1)
    except (RuntimeError, ValueError) as error:  # damaged, or a processor that it cannot use
        logging.getLogger(__name__).warning(
            "%s cannot be used, llama.cpp takes its place; "
            "remove it and run python -m rag.conversion (%s)",
            folder, error,
        )  # fmt: skip
        return None
    return chat


def convert(model: Path) -> Path:
    """Convert a model file, unless that is done; return the folder where it stands.

    Raises ReportError where that cannot be done.
    """
    folder = converted(model)
    if folder.exists():
        return folder
    if find_spec("openvino_genai") is None:
        raise ReportError(
            'OpenVINO is not installed: pip install "report-answers[int8]"',
            '未安装 OpenVINO：pip install "report-answers[int8]"',
        )
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        made = Path(temporary) / folder.name
        made.mkdir()
        try:
            _export(model, made)
        except (RuntimeError, OSError) as error:
            raise ReportError(
                f"The language model cannot be converted ({error}).",
                f"无法转换语言模型（{error}）。",
            ) from error
        made.replace(folder)
    return folder


def read_ahead(model: Path) -> None:
    """Let the converted model read what all prompts begin with, unless that is done, for every
    process to go on from. Raises LanguageModelError.
    """
    from rag import draft
    from rag.llm import LanguageModel
    from rag.openvino_chat import OpenVinoChat
    from rag.reader import told_of
    from rag.settings import LOCAL, Settings

    path = converted(model) / _BEGINNINGS
    said = hashlib.sha256(repr((probe.layer(), draft.beginnings())).encode()).hexdigest()
    if told_of(path) == said:
        return
    llm = LanguageModel(Settings(llm=LOCAL, llm_base_url=None))
    if isinstance(llm.chat_model, OpenVinoChat):
        draft.read_ahead(llm)
        with suppress(OSError):  # where nothing can be written, each process reads them
            llm.chat_model.decoder.save(path, said)


def _export(model: Path, folder: Path) -> None:
    """Let the engine write the files, which it does beside the model that it reads."""
    beside = folder / model.name
    try:
        beside.hardlink_to(model)
    except OSError:  # another disk
        shutil.copyfile(model, beside)
    _engine().LLMPipeline(str(beside), "CPU", enable_save_ov_model=True)
    beside.unlink()
    if lacks := [name for name in _FILES if not (folder / f"openvino_{name}.xml").exists()]:
        raise OSError(f"nothing was written: {', '.join(lacks)}")


def _opened(folder: Path, context: int, longest: int) -> "OpenVinoChat":
    from rag.decoder import open_decoder
    from rag.openvino_chat import OpenVinoChat

    _engine()
    settings = {**_SETTINGS, "INFERENCE_NUM_THREADS": openmp.threads()}
    decoder = open_decoder(folder, probe.layer(), settings)
    with suppress(OSError, ValueError):  # without it they are read as they are asked
        decoder.load(folder / _BEGINNINGS)
    return OpenVinoChat(decoder=decoder, context=context, longest=longest)


def _engine() -> Any:
    send_nothing()
    import openvino_genai

    return openvino_genai


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert the language model; return the exit code, 0 also where llama.cpp has to do."""
    from rag.llm import LOCAL_MODEL

    argparse.ArgumentParser(prog="python -m rag.conversion", description=__doc__).parse_args(
        arguments
    )
    try:
        model = weights.fetch(LOCAL_MODEL)
        sys.stdout.write(f"{convert(model)}\n")
        read_ahead(model)
    except ReportError as error:
        sys.stderr.write(f"{error.message('en')} llama.cpp runs the model.\n")
    return 0


if __name__ == "__main__":
    command.run(main)
