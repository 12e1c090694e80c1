import { afterEach, beforeEach, expect, it, vi } from "vitest";

const hasBeenSignedOut = vi.hoisted(() => vi.fn());
vi.mock("./signed_out", () => ({ hasBeenSignedOut }));
vi.resetModules(); // another test may have loaded the real one

const { Live } = await import("./live");

class FakeSocket extends EventTarget {
  static made: FakeSocket[] = [];

  constructor() {
    super();
    FakeSocket.made.push(this);
  }

  hello(): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify({ type: "hello" }) }));
  }

  close(code = 1006): void {
    this.dispatchEvent(new CloseEvent("close", { code }));
  }
}

function connected(): { live: InstanceType<typeof Live>; whenSignedOut: () => void } {
  const live = new Live();
  const whenSignedOut = vi.fn();
  live.onSignedOut(whenSignedOut);
  live.start();
  return { live, whenSignedOut };
}

const last = () => FakeSocket.made.at(-1);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.made = [];
  hasBeenSignedOut.mockReset();
});

afterEach(() => void vi.unstubAllGlobals());

it("is signed out when the server turns the handshake away and knows nobody here", async () => {
  hasBeenSignedOut.mockResolvedValue(true);
  const { whenSignedOut } = connected();
  last()?.close();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(whenSignedOut).toHaveBeenCalledOnce();
  expect(FakeSocket.made).toHaveLength(1);
});

it("goes on trying while the network is away", async () => {
  hasBeenSignedOut.mockResolvedValue(false);
  const { live, whenSignedOut } = connected();
  last()?.close();
  await vi.advanceTimersByTimeAsync(1000);

  expect(whenSignedOut).not.toHaveBeenCalled();
  expect(FakeSocket.made).toHaveLength(2);
  live.stop();
});

it("asks nobody when a connection that worked breaks", async () => {
  const { live } = connected();
  last()?.hello();
  last()?.close();
  await vi.advanceTimersByTimeAsync(1000);

  expect(hasBeenSignedOut).not.toHaveBeenCalled();
  expect(FakeSocket.made).toHaveLength(2);
  live.stop();
});

it("does not believe an answer that comes after the connection is back", async () => {
  let answer: (isSignedOut: boolean) => void = () => {};
  hasBeenSignedOut.mockReturnValue(new Promise<boolean>((resolve) => (answer = resolve)));
  const { live, whenSignedOut } = connected();
  last()?.close();
  await vi.advanceTimersByTimeAsync(1000);
  last()?.hello();
  answer(true);
  await vi.advanceTimersByTimeAsync(0);

  expect(whenSignedOut).not.toHaveBeenCalled();
  live.stop();
});

it("believes the server that says so itself", () => {
  const { whenSignedOut } = connected();
  last()?.hello();
  last()?.close(4401);

  expect(whenSignedOut).toHaveBeenCalledOnce();
});
