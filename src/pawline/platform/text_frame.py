"""A message to many browsers, encoded once for all of them."""

from websockets.frames import Frame, Opcode


class TextFrame:
    """``wire`` is ready for any WebSocket: what a server sends is not masked, so it is the same for everybody."""

    __slots__ = ("text", "wire")

    def __init__(self, text: str) -> None:
        self.text = text
        self.wire = Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
