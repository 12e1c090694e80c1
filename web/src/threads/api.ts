import { answerOf, client } from "$/platform/api";
import type {
  Changes,
  ConversationView,
  DraftPlace,
  DraftWords,
  FoundMessages,
  MessagePage,
  MessageView,
  NewMessage,
  PetPictures,
  ReadMarkView,
  StaffDraft,
  ThreadTeam,
  ThreadView,
} from "$/platform/types";

const PAGE = 50;
/** A connection that died without a word must not hold up what waits behind the message. */
const POSTED_WITHIN_MS = 30_000;
const at = (thread_id: string) => ({ path: { thread_id } });

export const getThread = (threadId: string): Promise<ThreadView> =>
  answerOf(client.GET("/api/v1/threads/{thread_id}", { params: at(threadId) }));

/** The colleagues at the thread's clinic, and which of them can read it. */
export const getTeam = (threadId: string): Promise<ThreadTeam> =>
  answerOf(client.GET("/api/v1/threads/{thread_id}/team", { params: at(threadId) }));

export const getMessagesBefore = (threadId: string, before: number, limit = PAGE): Promise<MessagePage> =>
  answerOf(
    client.GET("/api/v1/threads/{thread_id}/messages", { params: { ...at(threadId), query: { before, limit } } }),
  );

export const searchMessages = (thread_id: string, q: string, cursor: string | null): Promise<FoundMessages> =>
  answerOf(client.GET("/api/v1/search/messages", { params: { query: { thread_id, q, cursor } } }));

export const getChanges = (threadId: string, after: number): Promise<Changes> =>
  answerOf(client.GET("/api/v1/threads/{thread_id}/changes", { params: { ...at(threadId), query: { after } } }));

export const getPictures = (pet_id: string, cursor: string | null): Promise<PetPictures> =>
  answerOf(
    client.GET("/api/v1/pets/{pet_id}/pictures", {
      params: { path: { pet_id }, query: cursor === null ? {} : { cursor } },
    }),
  );

export const postMessage = (threadId: string, body: NewMessage): Promise<MessageView> =>
  answerOf(
    client.POST("/api/v1/threads/{thread_id}/messages", {
      params: at(threadId),
      body,
      signal: AbortSignal.timeout(POSTED_WITHIN_MS),
    }),
  );

export const getDraftPlaces = (): Promise<DraftPlace[]> => answerOf(client.GET("/api/v1/threads/drafts"));

export const getDrafts = (threadId: string): Promise<StaffDraft[]> =>
  answerOf(client.GET("/api/v1/threads/{thread_id}/drafts", { params: at(threadId) }));

/** Also from a page that is about to close. */
export const putDraft = (threadId: string, body: DraftWords): Promise<StaffDraft> =>
  answerOf(client.PUT("/api/v1/threads/{thread_id}/drafts", { params: at(threadId), body, keepalive: true }));

export const deleteMessage = (threadId: string, message_id: string): Promise<MessageView> =>
  answerOf(
    client.DELETE("/api/v1/threads/{thread_id}/messages/{message_id}", {
      params: { path: { thread_id: threadId, message_id } },
    }),
  );

export const putPets = (threadId: string, message_id: string, pet_ids: string[]): Promise<MessageView> =>
  answerOf(
    client.PUT("/api/v1/threads/{thread_id}/messages/{message_id}/pets", {
      params: { path: { thread_id: threadId, message_id } },
      body: { pet_ids },
    }),
  );

export const putReadMark = (threadId: string, up_to_seq: number): Promise<ReadMarkView> =>
  answerOf(client.PUT("/api/v1/threads/{thread_id}/read-mark", { params: at(threadId), body: { up_to_seq } }));

export const renameConversation = (
  threadId: string,
  conversation_id: string,
  title: string,
): Promise<ConversationView> =>
  answerOf(
    client.PATCH("/api/v1/threads/{thread_id}/conversations/{conversation_id}", {
      params: { path: { thread_id: threadId, conversation_id } },
      body: { title },
    }),
  );

/** As this screen shows it: what a colleague has taken or handed on since then is not ended. */
export const endConversation = (threadId: string, { id, revision }: ConversationView): Promise<ConversationView> =>
  answerOf(
    client.POST("/api/v1/threads/{thread_id}/conversations/{conversation_id}/end", {
      params: { path: { thread_id: threadId, conversation_id: id }, query: { seen_revision: revision } },
    }),
  );

/** With `undoes_end`, what one has just ended stands as before: urgent, asleep, with whoever answered it. */
export const restartConversation = (
  threadId: string,
  conversation_id: string,
  { undoes_end = false } = {},
): Promise<ConversationView> =>
  answerOf(
    client.POST("/api/v1/threads/{thread_id}/conversations/{conversation_id}/restart", {
      params: { path: { thread_id: threadId, conversation_id }, query: { undoes_end } },
    }),
  );
