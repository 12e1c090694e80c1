import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

type Schemas = components["schemas"];
export type OwnAuthenticator = Schemas["OwnAuthenticator"];
export type NewAuthenticator = Schemas["NewAuthenticator"];
type PasswordAndCode = Schemas["PasswordAndCode"];

export const loadAuthenticator = (): Promise<OwnAuthenticator> => answerOf(client.GET("/api/v1/own-authenticator"));

/** Nothing is asked for yet: a code of the app has to be seen first. */
export const beginAuthenticator = (password: string): Promise<NewAuthenticator> =>
  answerOf(client.POST("/api/v1/own-authenticator", { body: { password } }));

/** The recovery codes, which are shown this once. */
export async function confirmAuthenticator(code: string): Promise<string[]> {
  return (await answerOf(client.POST("/api/v1/own-authenticator/confirm", { body: { code } }))).codes;
}

export async function renewRecoveryCodes(body: PasswordAndCode): Promise<string[]> {
  return (await answerOf(client.POST("/api/v1/own-authenticator/recovery-codes", { body }))).codes;
}

export async function turnOffAuthenticator(body: PasswordAndCode): Promise<void> {
  await answerOf(client.POST("/api/v1/own-authenticator/off", { body }));
}
