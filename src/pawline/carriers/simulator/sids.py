from uuid import uuid4


def new_sid(prefix: str) -> str:
    """Two letters and 32 hexadecimal digits, as the carrier names everything it keeps."""
    return prefix + uuid4().hex
