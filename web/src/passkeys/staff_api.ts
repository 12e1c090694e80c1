import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import { session } from "$/platform/session.svelte";
import type { Asked, Challenge, NewPasskey, PasskeyProof } from "./api";

type Schemas = components["schemas"];
export type StaffPasskey = Schemas["StaffPasskeyView"];
/** One's password once more, or one's passkey. */
export type Oneself = Schemas["Oneself"];

export async function loadOwnPasskeys(): Promise<StaffPasskey[]> {
  return (await answerOf(client.GET("/api/v1/own-passkeys"))).passkeys;
}

export const beginOwnPasskey = (body: Oneself): Promise<Asked> =>
  answerOf(client.POST("/api/v1/own-passkeys/challenge", { body }));

export const addOwnPasskey = (name: string, made: NewPasskey): Promise<StaffPasskey> =>
  answerOf(client.POST("/api/v1/own-passkeys", { body: { name, made } }));

export async function removeOwnPasskey(passkey_id: string, body: Oneself): Promise<void> {
  const params = { path: { passkey_id } };
  await answerOf(client.POST("/api/v1/own-passkeys/{passkey_id}/remove", { params, body }));
}

export const beginStaffUse = (): Promise<Challenge> => answerOf(client.POST("/api/v1/session/staff/passkey/challenge"));

export async function enterStaff(proof: PasskeyProof, is_shared: boolean): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/session/staff/passkey", { body: { proof, is_shared } })));
}

export async function unlockWithProof(body: PasskeyProof): Promise<void> {
  await answerOf(client.POST("/api/v1/session/unlock/passkey", { body }));
}
