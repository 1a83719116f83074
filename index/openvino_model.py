"""embeddinggemma-300m as one graph, for OpenVINO, and run by it as a SentenceTransformer."""

import warnings
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule
from transformers import AutoTokenizer

_NOTHING = -1e9  # added to what is not attended to


class Exported(torch.nn.Module):  # type: ignore[misc]
    """A SentenceTransformer from token ids and mask to vectors, as it can be exported: with the
    masks of its two kinds of layers made here, where the model would branch on the mask.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        first, *rest = model
        self.transformer = first.auto_model
        self.rest = torch.nn.ModuleList(rest)

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        """Return the vectors, shape (texts, dimension)."""
        length = input_ids.shape[1]
        place = torch.arange(length)
        near = (place[:, None] - place[None, :]).abs() < self.transformer.config.sliding_window
        every = torch.ones(length, length, dtype=torch.bool)[None, None]
        kept = attention_mask[:, None, None, :].bool() & every
        hidden = self.transformer(
            input_ids=input_ids,
            attention_mask={
                "full_attention": torch.where(kept, 0.0, _NOTHING).float(),
                "sliding_attention": torch.where(kept & near[None, None], 0.0, _NOTHING).float(),
            },
            position_ids=place[None],
            use_cache=False,
        ).last_hidden_state
        features = {"token_embeddings": hidden, "attention_mask": attention_mask}
        for module in self.rest:
            features = module(features)
        return features["sentence_embedding"]


class OpenVinoModel(InputModule):  # type: ignore[misc]
    """Runs an exported model; ``folder`` holds its tokenizer. Not safe to share between threads."""

    config_keys: list[str] = []  # noqa: RUF012 - the base class reads it from the class
    save_in_root = True

    def __init__(self, file: Path, folder: Path, longest: int, settings: dict[str, str]) -> None:
        super().__init__()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import openvino

        self.tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        self._longest = longest
        model = openvino.Core().compile_model(file, "CPU", settings)
        self._dimension = model.outputs[0].partial_shape[-1].get_length()
        self._request = model.create_infer_request()

    def preprocess(self, inputs: list[str], **_: Any) -> dict[str, Any]:
        """Cut texts into tokens, the same number each."""
        found = self.tokenizer(
            inputs, padding=True, truncation=True, max_length=self._longest, return_tensors="pt"
        )
        return {name: found[name] for name in ("input_ids", "attention_mask")}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add the vectors."""
        given = [features["input_ids"].numpy(), features["attention_mask"].numpy()]
        return {**features, "sentence_embedding": torch.from_numpy(self._request.infer(given)[0])}

    def get_embedding_dimension(self) -> int:
        """Return the length of the vectors."""
        return int(self._dimension)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """There is nothing to save: `index.int8` writes the model."""
