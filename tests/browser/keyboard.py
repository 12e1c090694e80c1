"""Going through a page with Tab."""

import pytest

from tests.browser.windows import Window

MOST_TABS = 60
_NAME = """() => {
  const at = document.activeElement;
  if (at.matches("body, dialog")) return "";
  return at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent ?? "";
}"""


async def tab_to(window: Window, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        await window.page.keyboard.press("Tab")
        passed.append(await window.page.evaluate(_NAME))
        if name in passed[-1]:
            return
    pytest.fail(f"Tab never came to {name}, only to {passed}")
