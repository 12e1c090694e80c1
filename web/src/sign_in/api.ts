import { answerOf, client, Refusal } from "$/platform/api";
import type { components } from "$/platform/schema";
import { session } from "$/platform/session.svelte";
import type { SessionView } from "$/platform/types";
import { isNumber } from "./address";
import { type Choice, readChoices, WhoAreYou } from "./choices";

export type CodeAttempt = components["schemas"]["CodeSent"];
type Entered = { data?: SessionView; error?: unknown; response: Response };
export type DemoPeople = components["schemas"]["DemoPeople"];

/** The e-mail works at several practices; one of them has to be chosen. */
export class ChoicesOffered extends Error {
  constructor(readonly practices: Choice[]) {
    super("This e-mail works at several practices.");
    this.name = "ChoicesOffered";
  }
}

/** `is_shared`: a computer of several people, which locks. */
type StaffSecrets = { email: string; password: string; is_shared: boolean };

/** The password is right, and a code of the app is asked for; `attempt` goes with it. */
export class CodeNeeded extends Error {
  constructor(readonly attempt: string) {
    super("A code of the authenticator app is needed.");
    this.name = "CodeNeeded";
  }
}

function asCodeNeeded(error: unknown): unknown {
  const attempt = error instanceof Refusal && error.code === "second_step_needed" && error.fieldErrors["attempt"];
  return attempt ? new CodeNeeded(attempt) : error;
}

export async function signInStaff(secrets: StaffSecrets, practice_id: string | null): Promise<void> {
  let refused: unknown;
  const call = client
    .POST("/api/v1/session/staff", { body: { ...secrets, email: secrets.email.trim(), practice_id } })
    .then((outcome) => {
      refused = outcome.error;
      return outcome;
    });
  try {
    session.accept(await answerOf(call));
  } catch (error) {
    const mustChoose = error instanceof Refusal && error.code === "choose_practice";
    throw mustChoose ? new ChoicesOffered(readChoices(refused, "practice_id")) : asCodeNeeded(error);
  }
}

export async function setPassword(token: string, password: string): Promise<void> {
  try {
    session.accept(await answerOf(client.POST("/api/v1/session/password", { body: { token, password } })));
  } catch (error) {
    throw asCodeNeeded(error);
  }
}

/** `code`: of the app, or a recovery code. */
export async function finishStaffSignIn(attempt: string, code: string, is_shared: boolean): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/session/staff/code", { body: { attempt, code, is_shared } })));
}

/** By text to a mobile number, by e-mail to anything else. */
export function requestCode(address: string): Promise<CodeAttempt> {
  const typed = address.trim();
  return isNumber(typed)
    ? answerOf(client.POST("/api/v1/session/owner/text", { body: { number: typed } }))
    : answerOf(client.POST("/api/v1/session/owner/code", { body: { email: typed } }));
}

export async function verifyCode(attemptId: string, code: string): Promise<void> {
  const body = { attempt_id: attemptId, code };
  session.accept(await answerOf(client.POST("/api/v1/session/owner/verify", { body })));
}

/** Throws `WhoAreYou` when the code is right and several people have the number. */
export function verifyTextedCode(attempt_id: string, code: string, contact_id: string | null): Promise<void> {
  const body = { attempt_id, code, contact_id };
  return enterAs(client.POST("/api/v1/session/owner/text/verify", { body }));
}

/** Waits for a sign-in that may ask which of several people one is; then it throws `WhoAreYou`. */
export async function enterAs(call: Promise<Entered>): Promise<void> {
  let refused: unknown;
  const watched = call.then((outcome) => {
    refused = outcome.error;
    return outcome;
  });
  try {
    session.accept(await answerOf(watched));
  } catch (error) {
    const mustChoose = error instanceof Refusal && error.code === "choose_contact";
    throw mustChoose ? new WhoAreYou(readChoices(refused, "contact_id")) : error;
  }
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
