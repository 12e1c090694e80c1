import { word } from "./english";
import { ofServer } from "./language";
/** The server said no. `detail` is fit to show to the person at the screen. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly fieldErrors: Record<string, string>,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail);
    this.name = "Refusal";
  }

  /** Whether the same request may succeed soon without a change. What there is no room for stands in the way of nothing else. */
  get isPassing(): boolean {
    if (this.code === "storage_full") return false;
    return this.status >= 500 || this.status === 429 || this.status === 408 || this.code === "locked";
  }
}

/** No answer: the network is away, or the server is. */
export class Offline extends Error {
  constructor() {
    super(word.offline);
    this.name = "Offline";
  }
}

export type Problem = Refusal | Offline;

/** Let anything that is not a problem with the server pass on: it is a fault of ours. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Refusal || error instanceof Offline) return error;
  throw error;
}

export function wordsOf(problem: Problem): string {
  return problem instanceof Refusal ? problem.detail : problem.message;
}

export function readRefusal(status: number, body: unknown, retryAfter: string | null): Refusal {
  const fields = isRecord(body) ? body : {};
  const text = (name: string, otherwise: string) => {
    const value = fields[name];
    return typeof value === "string" && value !== "" ? value : otherwise;
  };
  const code = text("code", "unknown");
  return new Refusal(
    status,
    code,
    text("title", "That did not work"),
    ofServer(text("detail", word.failed), code),
    readFieldErrors(fields["errors"]),
    Number(retryAfter) || null,
  );
}

function readFieldErrors(errors: unknown): Record<string, string> {
  if (!Array.isArray(errors)) return {};
  const pairs = errors
    .filter(isRecord)
    .map((error) => [String(error["field"]), ofServer(String(error["message"]))] as const);
  return Object.fromEntries(pairs);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
