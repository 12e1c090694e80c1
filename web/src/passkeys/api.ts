import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import { session } from "$/platform/session.svelte";

type Schemas = components["schemas"];
export type Passkey = Schemas["PasskeyView"];
export type PasskeyProof = Schemas["PasskeyProof"];
export type NewPasskey = Schemas["NewPasskey"];
export type Asked = Schemas["NewPasskeyView"];
export type Challenge = Schemas["PasskeyChallengeView"];

export async function loadPasskeys(): Promise<Passkey[]> {
  return (await answerOf(client.GET("/api/v1/passkeys"))).passkeys;
}

export const beginPasskey = (): Promise<Asked> => answerOf(client.POST("/api/v1/passkeys/challenge"));

export const addPasskey = (body: NewPasskey): Promise<Passkey> => answerOf(client.POST("/api/v1/passkeys", { body }));

export async function removePasskey(passkey_id: string): Promise<void> {
  await answerOf(client.DELETE("/api/v1/passkeys/{passkey_id}", { params: { path: { passkey_id } } }));
}

export const beginSignIn = (): Promise<Challenge> => answerOf(client.POST("/api/v1/session/owner/passkey/challenge"));

export async function prove(body: PasskeyProof): Promise<void> {
  await answerOf(client.POST("/api/v1/session/owner/proof/passkey", { body }));
}

export async function enter(body: PasskeyProof): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/session/owner/passkey", { body })));
}
