import createClient from "openapi-fetch";
import { clock } from "./clock.svelte";
import { language } from "./language";
import { Offline, type Refusal, readRefusal } from "./problems";
import type { paths } from "./schema";
import type { Side } from "./types";

export { asProblem, Offline, type Problem, Refusal, wordsOf } from "./problems";

/** Which of the two apps this page is; every request says so, because both may be signed in in one browser. */
export const app: Side = document.documentElement.dataset["app"] === "owner" ? "owner" : "staff";

let csrfToken: string | null = null;
let whenNotFound: () => void = () => {};

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** A sign-out elsewhere shows itself as "not found", like everything one may not see. */
export function onNotFound(check: () => void): void {
  whenNotFound = check;
}

export function requestHeaders(): Record<string, string> {
  // The app's language, which may have been chosen against the browser's.
  const ours = { "X-Pawline-App": app, ...(app === "owner" ? { "Accept-Language": language() } : {}) };
  return csrfToken === null ? ours : { ...ours, "X-CSRF-Token": csrfToken };
}

export const client = createClient<paths>({ baseUrl: location.origin, credentials: "same-origin" });

client.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(requestHeaders())) request.headers.set(name, value);
  },
  onResponse({ response }) {
    clock.hear(response.headers.get("Date"));
  },
});

type Outcome<T> = { data?: T; error?: unknown; response: Response };

/** Wait for a call of `client`; a refusal is thrown as `Refusal`, a lost connection as `Offline`. */
export async function answerOf<T>(call: Promise<Outcome<T>>): Promise<T> {
  const outcome = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Offline();
  });
  if (!outcome.response.ok) throw refusalOf(outcome.response, outcome.error);
  return outcome.data as T;
}

/** For one press of one button: pass the same key again when it is pressed again after a failure. */
export function newKey(): string {
  return crypto.randomUUID();
}

function refusalOf(response: Response, body: unknown): Refusal {
  // A proxy answers for a server that is starting: there is nobody behind it yet.
  if (response.status === 502 || response.status === 504) throw new Offline();
  if (response.status === 404) whenNotFound();
  return readRefusal(response.status, body, response.headers.get("Retry-After"));
}
