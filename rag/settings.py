"""All settings, read from the environment."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from index import embed, paths

LOCAL, NONE = "local", "none"


class Settings(BaseSettings):
    """Each field is the environment variable RAG_<NAME>; all may be left out.

    ``llm`` is "local" (the embedded model), "none" (quotes and figures only) or the name of a
    model of the OpenAI-compatible server at ``llm_base_url``. ``llm_timeout`` is in seconds.
    """

    model_config = SettingsConfigDict(env_prefix="RAG_", frozen=True)

    index: Path | None = None
    embedder: str = embed.DEFAULT
    llm: str = LOCAL
    llm_base_url: str | None = None
    llm_api_key: str = "none"
    llm_timeout: float = 60.0
    cache: Path | None = None

    @property
    def index_folder(self) -> Path:
        """The folder of the index to open."""
        return self.index.expanduser() if self.index else paths.index_folder(self.embedder)
