"""The address that a page is served on: whether it is free, and who can reach it."""

import ipaddress
import socket

from index.errors import ReportError


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
