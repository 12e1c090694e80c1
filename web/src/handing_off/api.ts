import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import type { ConversationView } from "$/platform/types";

type Schemas = components["schemas"];
export type Assignment = Schemas["AssignmentView"];
export type HandOffChoices = Schemas["HandOffChoices"];
export type HandedRole = NonNullable<Assignment["role"]>;
/** One of the three. */
export type Target = { staff_id: string } | { clinic_id: string } | { role: HandedRole };

const at = (thread_id: string, conversation: ConversationView) => ({
  params: { path: { thread_id, conversation_id: conversation.id } },
  body: { seen_revision: conversation.revision },
});

export const getChoices = (thread_id: string): Promise<HandOffChoices> =>
  answerOf(client.GET("/api/v1/threads/{thread_id}/hand-off-choices", { params: { path: { thread_id } } }));

export const takeConversation = (threadId: string, conversation: ConversationView): Promise<ConversationView> =>
  answerOf(client.POST("/api/v1/threads/{thread_id}/conversations/{conversation_id}/take", at(threadId, conversation)));

export const giveBack = (threadId: string, conversation: ConversationView): Promise<ConversationView> =>
  answerOf(
    client.POST("/api/v1/threads/{thread_id}/conversations/{conversation_id}/give-back", at(threadId, conversation)),
  );

export function handOff(
  thread_id: string,
  conversation: ConversationView,
  wish: { target: Target; note: string; key: string },
): Promise<ConversationView> {
  return answerOf(
    client.POST("/api/v1/threads/{thread_id}/conversations/{conversation_id}/hand-off", {
      params: {
        path: { thread_id, conversation_id: conversation.id },
        header: { "Idempotency-Key": wish.key },
      },
      body: { seen_revision: conversation.revision, note: wish.note, ...wish.target },
    }),
  );
}
