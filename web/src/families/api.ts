import { answerOf, client } from "$/platform/api";
import type { FamilyMatch, NewFamily, ThreadView } from "$/platform/types";

export async function findFamilies(q: string): Promise<FamilyMatch[]> {
  return (await answerOf(client.GET("/api/v1/families", { params: { query: { q, limit: 20 } } }))).families;
}

export const addFamily = (body: NewFamily, key: string): Promise<{ family_id: string; thread_id: string }> =>
  answerOf(client.POST("/api/v1/families", { body, params: { header: { "Idempotency-Key": key } } }));

/** Opens the one thread of the family with the clinic; with a title, a conversation begins in it. */
export const openFamilyThread = (body: {
  family_id: string;
  clinic_id: string;
  title: string | null;
}): Promise<ThreadView> => answerOf(client.POST("/api/v1/threads", { body }));
