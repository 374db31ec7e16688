"""Why no encrypted connection came about, in one sentence that says what to do."""

from __future__ import annotations

import ssl

import httpx

from explorer.client.draft import SendOptions

# OpenSSL's numbers for what is wrong with a certificate (X509_V_ERR_…).
_NOT_YET_VALID = 9
_EXPIRED = 10
_UNKNOWN_ISSUERS = (2, 18, 19, 20, 21)
_OTHER_HOSTS = (62, 64)


def explain_tls(causes: tuple[BaseException, ...], address: str, host: str, options: SendOptions) -> str:
    """Return the sentence for an error and all that led to it, nearest first, on the way to `address`."""
    if isinstance(causes[0], httpx.ConnectTimeout):
        return (
            f"{address} did not finish agreeing on encryption within {options.connect_timeout:g} s: "
            "write http:// in place of https:// if it does not speak TLS."
        )
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _explain_certificate(cause, address, host)
    reason = next((cause.reason for cause in causes if isinstance(cause, ssl.SSLError) and cause.reason), "")
    if "ALERT" in reason or reason in ("UNSUPPORTED_PROTOCOL", "NO_PROTOCOLS_AVAILABLE", "DH_KEY_TOO_SMALL"):
        return (
            f"{address} speaks TLS and refuses our way of it ({reason.replace('_', ' ').lower()}): "
            "check which versions and certificates the server asks for."
        )
    if reason in ("", "UNEXPECTED_EOF_WHILE_READING"):
        return (
            f"{address} closed the connection instead of agreeing on encryption: look for an error in its log, "
            "or write http:// if it does not speak TLS."
        )
    return f"{address} does not speak TLS: write http:// in place of https://."


def _explain_certificate(error: ssl.SSLCertVerificationError, address: str, host: str) -> str:
    code = error.verify_code
    anyway = "switch off the check of certificates in Options"
    if code == _EXPIRED:
        return f"The certificate of {address} has expired: renew it, or {anyway}."
    if code == _NOT_YET_VALID:
        return f"The certificate of {address} is not valid yet: check the clock of both machines, or {anyway}."
    if code in _OTHER_HOSTS:
        return f"The certificate of {address} is not for {host}: use the name that it was made for, or {anyway}."
    if code in _UNKNOWN_ISSUERS:
        return (
            f"The certificate of {address} is not trusted, since this machine does not know who signed it: "
            f"if it is your own server, {anyway}."
        )
    return (
        f"The certificate of {address} is not trusted ({error.verify_message or error.reason}): renew it, or {anyway}."
    )
