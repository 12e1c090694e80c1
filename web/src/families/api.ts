import { answerOf, client } from "$/platform/api";
import type { FamilyMatch, MergePreview, NewFamily, ThreadView } from "$/platform/types";

/** `with_guests`: those without a pet that only wrote, too. */
export async function findFamilies(q: string, with_guests = false): Promise<FamilyMatch[]> {
  return (await answerOf(client.GET("/api/v1/families", { params: { query: { q, limit: 20, with_guests } } })))
    .families;
}

/** What both have; nothing is done yet. */
export const previewMerge = (family_id: string, source_family_id: string): Promise<MergePreview> =>
  answerOf(
    client.GET("/api/v1/families/{family_id}/merge", { params: { path: { family_id }, query: { source_family_id } } }),
  );

/** The source becomes part of the family, for good. */
export const mergeFamilies = (family_id: string, source_family_id: string): Promise<unknown> =>
  answerOf(
    client.POST("/api/v1/families/{family_id}/merge", { params: { path: { family_id } }, body: { source_family_id } }),
  );

export const addFamily = (body: NewFamily, key: string): Promise<{ family_id: string; thread_id: string }> =>
  answerOf(client.POST("/api/v1/families", { body, params: { header: { "Idempotency-Key": key } } }));

/** Opens the one thread of the family with the clinic; with a title, a conversation begins in it. */
export const openFamilyThread = (body: {
  family_id: string;
  clinic_id: string;
  title: string | null;
}): Promise<ThreadView> => answerOf(client.POST("/api/v1/threads", { body }));
