import { vi } from "vitest";

const HANGS_AFTER_MS = 20_000;

/** Wait until `check` does not throw; on a busy machine that takes its time. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: HANGS_AFTER_MS });
}
