"""The address that a page is served on: whether it is free, who can reach it, who is let in."""

import ipaddress
import os
import socket
from pathlib import Path

from index.errors import ReportError

Login = tuple[str, str]  # user and password


def check_address(host: str, port: int) -> None:
    """Raise a ReportError where nothing can be served on this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:  # in use, not ours, not allowed, not a port
        other = port + 1 if 1023 < port < 65535 else 7860
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportError(
            f"Cannot serve on {host}, port {port}: {reason}. Use another port with --port {other}.",
            f"无法使用地址 {host} 的端口 {port}（{reason}）。请用 --port {other} 换一个端口。",
        ) from None


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_login(file: Path | None = None) -> Login | None:
    """Return the user and password that the page asks for; None where it asks for none.

    They are the line "user:password" of the file, else RAG_USER and RAG_PASSWORD: a command
    line could be read by every user of the machine. Raises ReportError where one is missing.
    """
    if file is None:
        user, password = (os.environ.get(name, "") for name in ("RAG_USER", "RAG_PASSWORD"))
        if not user and not password:
            return None
        source = "RAG_USER, RAG_PASSWORD"
    else:
        try:
            user, _, password = file.read_text(encoding="utf-8").strip().partition(":")
        except (OSError, UnicodeDecodeError) as error:
            raise ReportError(
                f"The password file {file} cannot be read: {error}.",
                f"无法读取密码文件 {file}（{error}）。",
            ) from None
        source = str(file)
    if not user or not password:
        raise ReportError(
            f"{source}: both a user and a password are needed.", f"{source}：用户名和密码缺一不可。"
        )
    return user, password
