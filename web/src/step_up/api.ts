import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

export type ProofCode = components["schemas"]["ProofCodeSent"];

/** To the address that the practice has. */
export const sendProofCode = (): Promise<ProofCode> => answerOf(client.POST("/api/v1/session/owner/proof/code"));

export async function proveWithCode(attempt_id: string, code: string): Promise<void> {
  await answerOf(client.POST("/api/v1/session/owner/proof", { body: { attempt_id, code } }));
}
