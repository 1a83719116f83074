"""The errors that a user reads; everything else is a bug."""


class ReportError(Exception):
    """Something a user can mend; says what to do, in English and in Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def message(self, language: str) -> str:
        """Return the message in ``language``: "zh" or "en"."""
        return self.zh if language == "zh" else self.en


class SourceError(ReportError):
    """The report file cannot be read as text."""
