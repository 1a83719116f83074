"""The embedded language model where OpenVINO cannot run it: llama.cpp, as a server on loopback."""

from pathlib import Path
from typing import Any

from index import openmp
from index.errors import ReportError

_PROMPT_CACHE = 256  # MiB kept of earlier prompts, so that each language's prefix is read once


def serve(model: Path, key: str, context: int) -> Any:
    """Serve a model to whoever has the key; raises ReportError where it cannot be loaded."""
    openmp.bound_spinning()
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = openmp.threads()
    params.cache_ram_mib = _PROMPT_CACHE
    # Repacked weights write faster and read slower, and a prompt is read before the first word;
    # in the end both take as long, and these take 600 MB less.
    params.no_extra_bufts = True
    params.verbosity = -1
    # The server listens on a loopback port: keep web pages and other users out.
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.cors_origins = "null"
    params.ui = False
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise ReportError(
            f"The language model in {model} cannot be loaded ({error}). "
            "Fetch it again: python -m index.weights",
            f"无法加载语言模型 {model}（{error}）。请重新获取：python -m index.weights",
        ) from error
