"""All settings, read from the environment."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index import embed, paths
from index.errors import ReportError

LOCAL, NONE = "local", "none"


class Settings(BaseSettings):
    """Each field is the environment variable RAG_<NAME>; all may be left out.

    ``llm`` is "local" (the embedded model), "none" (quotes and figures only) or the name of a
    model of the OpenAI-compatible server at ``llm_base_url``. ``llm_timeout`` is in seconds.
    """

    model_config = SettingsConfigDict(env_prefix="RAG_", env_ignore_empty=True, frozen=True)

    index: Path | None = None
    embedder: str = embed.DEFAULT
    llm: str = LOCAL
    llm_base_url: str | None = None
    llm_api_key: str = "none"
    llm_timeout: float = Field(default=60.0, gt=0, allow_inf_nan=False)
    cache: Path | None = None

    @property
    def index_folder(self) -> Path:
        """The folder of the index to open."""
        return self.index.expanduser() if self.index else paths.index_folder(self.embedder)


def read_settings(llm: str | None = None) -> Settings:
    """Read the environment; ``llm`` takes the place of RAG_LLM. Raises ReportError."""
    try:
        return Settings() if llm is None else Settings(llm=llm)
    except ValidationError as error:
        wrong = error.errors()[0]
        name, given = f"RAG_{wrong['loc'][0]}".upper(), wrong["input"]
        raise ReportError(
            f"{name}={given} cannot be used: {wrong['msg']}. Correct it or leave it out.",
            f"{name}={given} 无法使用（{wrong['msg']}）。请更正或取消设置。",
        ) from error
