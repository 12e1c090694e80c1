import { answerOf, client, Refusal } from "$/platform/api";
import type { components } from "$/platform/schema";
import { session } from "$/platform/session.svelte";
import { type Choice, readChoices } from "./choices";

export type CodeAttempt = components["schemas"]["CodeSent"];
export type DemoPeople = components["schemas"]["DemoPeople"];

/** The e-mail works at several practices; one of them has to be chosen. */
export class ChoicesOffered extends Error {
  constructor(readonly practices: Choice[]) {
    super("This e-mail works at several practices.");
    this.name = "ChoicesOffered";
  }
}

export async function signInStaff(email: string, password: string, practiceId: string | null): Promise<void> {
  let refused: unknown;
  const call = client
    .POST("/api/v1/session/staff", { body: { email: email.trim(), password, practice_id: practiceId } })
    .then((outcome) => {
      refused = outcome.error;
      return outcome;
    });
  try {
    session.accept(await answerOf(call));
  } catch (error) {
    const mustChoose = error instanceof Refusal && error.code === "choose_practice";
    throw mustChoose ? new ChoicesOffered(readChoices(refused, "practice_id")) : error;
  }
}

export async function setPassword(token: string, password: string): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/session/password", { body: { token, password } })));
}

export function requestCode(email: string): Promise<CodeAttempt> {
  return answerOf(client.POST("/api/v1/session/owner/code", { body: { email: email.trim() } }));
}

export async function verifyCode(attemptId: string, code: string): Promise<void> {
  const body = { attempt_id: attemptId, code };
  session.accept(await answerOf(client.POST("/api/v1/session/owner/verify", { body })));
}

export async function signInByLink(token: string): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/session/owner/link", { body: { token } })));
}

export function demoPeople(): Promise<DemoPeople> {
  return answerOf(client.GET("/api/v1/session/demo-people"));
}

export async function signInAs(personId: string): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/session/demo", { body: { person_id: personId } })));
}
