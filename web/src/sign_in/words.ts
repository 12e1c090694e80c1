import { asProblem, Refusal, wordsOf } from "$/platform/api";

export function wordsFor(error: unknown): string {
  return wordsOf(asProblem(error));
}

export function fieldWordsFor(error: unknown, field: string): string | null {
  return error instanceof Refusal ? (error.fieldErrors[field] ?? null) : null;
}

/** How long to wait before the next try; 0 when one may try at once. */
export function waitSecondsOf(error: unknown): number {
  return error instanceof Refusal && error.status === 429 ? (error.retryAfterSeconds ?? 0) : 0;
}
