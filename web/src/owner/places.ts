export type Tab = "pets" | "messages" | "visits" | "you";

/** Stands for a pet where the person chose to write about none; without any choice the pet is that of the last messages. */
export const NO_PET = "none";

export type Place =
  | { kind: "tab"; tab: Tab }
  | { kind: "thread"; threadId: string; petId: string | null }
  | { kind: "sign_in" }
  | { kind: "join" };

const THREAD = /^\/owner\/threads\/([0-9a-f-]{36})(?:\/pets\/([0-9a-f-]{36}|none))?\/?$/;

/** What an address of the owner's app shows; an address nobody knows shows the pets. */
export function readPlace(path: string): Place {
  const [, threadId, petId] = THREAD.exec(path) ?? [];
  if (threadId !== undefined) return { kind: "thread", threadId, petId: petId ?? null };
  if (path.startsWith("/owner/sign-in")) return { kind: "sign_in" };
  if (path.startsWith("/owner/join")) return { kind: "join" };
  if (path.startsWith("/owner/messages")) return { kind: "tab", tab: "messages" };
  if (path.startsWith("/owner/visits")) return { kind: "tab", tab: "visits" };
  if (path.startsWith("/owner/you")) return { kind: "tab", tab: "you" };
  return { kind: "tab", tab: "pets" };
}

export function addressOfTab(tab: Tab): string {
  return tab === "pets" ? "/owner" : `/owner/${tab}`;
}

export function addressOfThread(threadId: string, petId: string | null): string {
  return petId === null ? `/owner/threads/${threadId}` : `/owner/threads/${threadId}/pets/${petId}`;
}
