import createClient from "openapi-fetch";
import { clock } from "./clock.svelte";
import { language } from "./language";
import { Offline, type Refusal, readRefusal } from "./problems";
import type { paths } from "./schema";
import type { Side } from "./types";

export { asProblem, Offline, type Problem, Refusal, wordsOf } from "./problems";

/** Which of the two apps this page is; every request says so, because both may be signed in in one browser. */
export const app: Side = document.documentElement.dataset["app"] === "owner" ? "owner" : "staff";

export const LOCKED = 423;

let csrfToken: string | null = null;
let whenNotFound: () => void = () => {};
let whenLocked: () => void = () => {};
let askForProof: () => Promise<boolean> = async () => false;

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** A sign-out elsewhere shows itself as "not found", like everything one may not see. */
export function onNotFound(check: () => void): void {
  whenNotFound = check;
}

/** This shared computer has locked: whatever was asked is to be asked again after it is unlocked. */
export function onLocked(lock: () => void): void {
  whenLocked = lock;
}

/** `ask` lets the person prove who they are; true once they have. */
export function onProofNeeded(ask: () => Promise<boolean>): void {
  askForProof = ask;
}

export function requestHeaders(): Record<string, string> {
  // The app's language, which may have been chosen against the browser's.
  const ours = { "X-Pawline-App": app, ...(app === "owner" ? { "Accept-Language": language() } : {}) };
  return csrfToken === null ? ours : { ...ours, "X-CSRF-Token": csrfToken };
}

/** What an owner asks for just now, to be asked again by itself once they have proven who they are. */
const asked = new Map<string, Request>();

export const client = createClient<paths>({ baseUrl: location.origin, credentials: "same-origin" });

client.use({
  onRequest({ request, id }) {
    setHeaders(request);
    if (app === "owner" && request.method !== "GET") asked.set(id, request.clone());
  },
  async onResponse({ response, id }) {
    clock.hear(response.headers.get("Date"));
    const request = asked.get(id);
    asked.delete(id);
    return request !== undefined && (await needsProof(response)) && (await askForProof())
      ? fetch(setHeaders(request))
      : response;
  },
  onError({ id }) {
    asked.delete(id);
  },
});

function setHeaders(request: Request): Request {
  for (const [name, value] of Object.entries(requestHeaders())) request.headers.set(name, value);
  return request;
}

async function needsProof(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const body = (await response
    .clone()
    .json()
    .catch(() => null)) as { code?: string } | null;
  return body?.code === "step_up_needed";
}

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
  if (response.status === LOCKED) whenLocked();
  return readRefusal(response.status, body, response.headers.get("Retry-After"));
}
