"""Accessibility findings of axe-core, as axe-playwright-python brings it."""

from importlib.resources import files
from typing import Any

from playwright.async_api import Page

_SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_GRAVE = {"serious", "critical"}
# What never ends by itself, like the ringing of a phone, is not waited for.
_AT_REST = """() => Promise.all(document.getAnimations()
  .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
  .map((each) => each.finished.catch(() => null)))"""
_RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, help, nodes }) => {
    const where = nodes.map((node) => `${node.target.join(" ")}: ${node.any[0]?.message ?? node.failureSummary}`);
    return { id, impact, help, where };
  });
}"""


async def grave_findings(page: Page) -> list[str]:
    """The serious and critical ones on what the page shows now, each with its places."""
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(_SCRIPT)
    await page.evaluate(_AT_REST)
    found: list[dict[str, Any]] = await page.evaluate(_RUN)
    return [f"{each['id']} ({each['impact']}): {each['help']}: {each['where']}" for each in found if each["impact"] in _GRAVE]
