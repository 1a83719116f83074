"""The embedding model with its weights in 8 bit, run by OpenVINO: twice as fast as in torch.

``python -m index.int8`` converts the weights once, in about a minute; where that cannot be done,
torch goes on running them as they are.
"""

import argparse
import logging
import shutil
import sys
import tempfile
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index import command, openmp, weights
from index.errors import ReportError

MODEL = "embeddinggemma-300m"
_FILE = "model.xml"
_GROUP = "64"  # activations that share a scale; 32 is slower, and no more exact in what is found
_LEAST_COSINE = 0.99  # to the vectors of torch, measured .9995
_TEXTS = (
    "title: 用水管理 | text: 2023 年公司用水量为 5.2 万吨。",
    "task: search result | query: women",
)
_SETTINGS = {"PERFORMANCE_HINT": "LATENCY", "DYNAMIC_QUANTIZATION_GROUP_SIZE": _GROUP}


def converted(folder: Path) -> Path:
    """Return where the converted model of a folder of weights stands, if it does."""
    return folder.with_name(f"{folder.name}-int8") / _FILE


def load(folder: Path, longest: int) -> Any:
    """Return the converted model as a SentenceTransformer; None where there is none.

    Texts of more than ``longest`` tokens are cut.
    """
    if not converted(folder).exists() or find_spec("openvino") is None:
        return None
    from sentence_transformers import SentenceTransformer

    from index.openvino_model import OpenVinoModel

    send_nothing()
    try:
        model = OpenVinoModel(converted(folder), folder, longest, _settings())
    except RuntimeError as error:  # the file is damaged, or the processor is one it cannot use
        logging.getLogger(__name__).warning(
            "%s cannot be used, torch takes its place; remove it and run python -m index.int8 (%s)",
            converted(folder).parent, error,
        )  # fmt: skip
        return None
    return SentenceTransformer(modules=[model], device="cpu")


def convert(folder: Path, longest: int) -> Path:
    """Convert the model in a folder of weights, unless that is done; return where it stands.

    Raises ReportError where that cannot be done, or its vectors come out differently.
    """
    file = converted(folder)
    if file.exists():
        return file
    if find_spec("openvino") is None or find_spec("nncf") is None:
        raise ReportError(
            'OpenVINO is not installed: pip install "report-answers[int8]"',
            '未安装 OpenVINO：pip install "report-answers[int8]"',
        )
    file.parent.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent.parent) as temporary:
        made = Path(temporary) / file.parent.name
        made.mkdir()
        try:
            expected = _export(folder, made / _FILE)
        except Exception as error:  # three packages and the disk, in whatever version
            raise ReportError(
                f"The embedding model cannot be converted ({error}).",
                f"无法转换向量模型（{error}）。",
            ) from error
        _check(expected, made / _FILE, folder, longest)
        shutil.rmtree(file.parent, ignore_errors=True)
        made.replace(file.parent)
    return file


def _export(folder: Path, file: Path) -> Any:
    """Write the model in 8 bit, from the ids of tokens and their mask to the vector of a text;
    return the vectors that torch makes of some texts.
    """
    send_nothing()
    import nncf
    import openvino
    import torch
    from sentence_transformers import SentenceTransformer

    from index.openvino_model import Exported

    logging.getLogger("nncf").setLevel(logging.ERROR)
    model = SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32}
    )
    expected = model.encode(list(_TEXTS), prompt="", normalize_embeddings=True)
    ids = torch.randint(5, 1000, (3, 40))
    mask = torch.ones(3, 40, dtype=torch.long)
    sizes = {0: torch.export.Dim("texts", max=64), 1: torch.export.Dim("tokens", min=2, max=2048)}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exported = torch.export.export(
            Exported(model).eval(), (ids, mask), dynamic_shapes=(sizes, sizes), strict=False
        )
        graph = openvino.convert_model(exported)
        graph = nncf.compress_weights(graph, mode=nncf.CompressWeightsMode.INT8_ASYM)
    openvino.save_model(graph, file, compress_to_fp16=False)
    return expected


def _check(expected: Any, file: Path, folder: Path, longest: int) -> None:
    from index.openvino_model import OpenVinoModel

    model = OpenVinoModel(file, folder, longest, _settings())
    made = model(model.preprocess(list(_TEXTS)))["sentence_embedding"].numpy()
    cosine = min(float(a @ b) for a, b in zip(expected, made, strict=True))
    if cosine < _LEAST_COSINE:
        raise ReportError(
            f"The converted model is off (cosine {cosine:.3f}).",
            f"转换后的模型有偏差（余弦 {cosine:.3f}）。",
        )


def _settings() -> dict[str, str]:
    return {**_SETTINGS, "INFERENCE_NUM_THREADS": str(openmp.threads())}


def send_nothing() -> None:
    """Keep OpenVINO and NNCF from counting their use on a server of their maker."""
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # cannot be imported


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert the embedding model; return the exit code, 0 also where torch has to do."""
    from index.embed import MAX_TOKENS

    argparse.ArgumentParser(prog="python -m index.int8", description=__doc__).parse_args(arguments)
    try:
        sys.stdout.write(f"{convert(weights.fetch(MODEL), MAX_TOKENS)}\n")
    except ReportError as error:
        sys.stderr.write(f"{error.message('en')} The model runs in torch.\n")
    return 0


if __name__ == "__main__":
    command.run(main)
