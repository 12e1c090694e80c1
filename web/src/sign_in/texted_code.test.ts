import { afterEach, describe, expect, it, vi } from "vitest";
import { eventually } from "$/platform/eventually.test_data";
import { awaitTextedCode } from "./texted_code";

function phoneThatReadsTexts(get: (options: CredentialRequestOptions) => Promise<unknown>): void {
  vi.stubGlobal("OTPCredential", class {});
  vi.stubGlobal("navigator", { credentials: { get } });
}

afterEach(() => vi.unstubAllGlobals());

describe("a code that the phone reads from a text", () => {
  it("is handed on", async () => {
    const onCode = vi.fn();
    phoneThatReadsTexts(async () => ({ code: "123456" }));

    awaitTextedCode(onCode);

    await eventually(() => expect(onCode).toHaveBeenCalledWith("123456"));
  });

  it("is not waited for any more once the screen is left", async () => {
    const onCode = vi.fn();
    let signal: AbortSignal | null | undefined;
    let arrive: (found: unknown) => void = () => {};
    phoneThatReadsTexts((options) => {
      signal = options.signal;
      return new Promise((resolve) => {
        arrive = resolve;
      });
    });

    awaitTextedCode(onCode)();
    arrive({ code: "123456" });
    await Promise.resolve();

    expect(signal?.aborted).toBe(true);
    expect(onCode).not.toHaveBeenCalled();
  });

  it("is typed where the browser does not read texts, or the person says no", async () => {
    const onCode = vi.fn();
    awaitTextedCode(onCode);
    phoneThatReadsTexts(async () => {
      throw new DOMException("no", "AbortError");
    });

    awaitTextedCode(onCode);
    await new Promise((resolve) => setTimeout(resolve));

    expect(onCode).not.toHaveBeenCalled();
  });
});
