import { Offline, readRefusal } from "$/platform/problems";
import type { components } from "$/platform/schema";
import type { Side } from "$/platform/types";

export type DemoPeople = components["schemas"]["DemoPeople"];
export type DemoPoster = components["schemas"]["DemoPoster"];

export interface Mail {
  id: string;
  to: string;
  subject: string;
  sent_at: string;
  text: string;
}

/** This page belongs to neither app, and signs in to both; so it says with each request which one is meant. */
async function ask(path: string, side: Side, init: RequestInit = {}): Promise<Response> {
  const headers = { "X-Pawline-App": side, "Content-Type": "application/json" };
  const response = await fetch(path, { ...init, headers, credentials: "same-origin" }).catch(() => {
    throw new Offline();
  });
  if (!response.ok) throw await refusalOf(response);
  return response;
}

async function refusalOf(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null);
  return readRefusal(response.status, body, response.headers.get("Retry-After"));
}

export async function loadDemoPeople(): Promise<DemoPeople> {
  return (await ask("/api/v1/session/demo-people", "staff")).json();
}

export async function loadDemoPoster(): Promise<DemoPoster | null> {
  return (await ask("/api/v1/demo/poster", "owner")).json();
}

export async function signInTo(side: Side, personId: string): Promise<void> {
  await ask("/api/v1/session/demo", side, { method: "POST", body: JSON.stringify({ person_id: personId }) });
}

export async function loadMails(): Promise<Mail[]> {
  const answer: { mails: Mail[] } = await (await ask("/api/v1/demo/mails", "staff")).json();
  return answer.mails;
}
