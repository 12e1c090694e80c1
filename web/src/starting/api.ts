import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import type { NewTextConversation, StartedConversation } from "$/texting/thread_types";

type Schemas = components["schemas"];

export type StartingWays = Schemas["StartingWays"];
export type ChatObstacle = Schemas["ChatObstacleView"];
/** `number` where the list is of those to text; one line for each number. */
export type Candidate = Schemas["Candidate"] & { number?: string; shown?: string; has_texted?: boolean };
export type CandidatePage = { candidates: Candidate[]; next_cursor: string | null };
export type Way = "chat" | "text";
export type NewAppConversation = Schemas["ConversationRequest"];

export const getWays = (clinic_id: string): Promise<StartingWays> =>
  answerOf(client.GET("/api/v1/clinics/{clinic_id}/starting", { params: { path: { clinic_id } } }));

export function getCandidates(
  way: Way,
  asked: { clinic_id: string; q: string; cursor: string | null },
): Promise<CandidatePage> {
  const { clinic_id, q, cursor } = asked;
  const params = { query: { clinic_id, ...(q && { q }), ...(cursor && { cursor }), limit: 25 } };
  if (way === "chat") return answerOf(client.GET("/api/v1/chat-candidates", { params }));
  return answerOf(client.GET("/api/v1/text-candidates", { params }));
}

export const startInApp = (body: NewAppConversation): Promise<{ thread_id: string; conversation_id: string }> =>
  answerOf(client.POST("/api/v1/app-conversations", { body }));

export const startByText = (body: NewTextConversation): Promise<StartedConversation> =>
  answerOf(client.POST("/api/v1/texting/conversations", { body }));
