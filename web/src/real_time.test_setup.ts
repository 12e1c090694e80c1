import { afterEach, vi } from "vitest";

// All files share one world: a clock that one of them has stopped would stand still for all that come after.
afterEach(() => void vi.useRealTimers());
