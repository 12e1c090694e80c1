"""What every carrier's account settings have in common."""

import httpx


def is_fit_for_secrets(address: str) -> bool:
    """Is this the bare address of an API that credentials may go to?

    Plain http only inside this machine or its own network, where a simulated carrier runs.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return False
    is_near = url.host == "127.0.0.1" or "." not in url.host
    is_bare = url.path == "/" and not (url.query or url.userinfo or url.fragment)
    return bool(url.host) and is_bare and (url.scheme == "https" or (url.scheme == "http" and is_near))
