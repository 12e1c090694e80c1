import { openFamilyThread } from "$/families/api";
import { wordsOf } from "$/platform/api";
import { asProblem } from "$/platform/problems";
import { router } from "$/platform/router.svelte";
import { toasts } from "$/platform/toasts.svelte";
import { addressOfMessage } from "$/threads/linked_message";
import type { Hit } from "./search.svelte";

/** To the thread, or to the very message in it. Somebody whose thread nobody has opened yet gets one. */
export async function goTo(hit: Hit): Promise<void> {
  switch (hit.type) {
    case "message":
      router.go(`/staff/threads/${hit.message.thread_id}${addressOfMessage(hit.message.seq)}`);
      return;
    case "family":
      return await openThreadOf(hit.family);
    case "number":
      return await openThreadOf(hit.number);
  }
}

type FamilyAtClinic = { family_id: string; clinic_id: string; thread_id: string | null };

async function openThreadOf({ family_id, clinic_id, thread_id }: FamilyAtClinic): Promise<void> {
  if (thread_id !== null) return router.go(`/staff/threads/${thread_id}`);
  try {
    const opened = await openFamilyThread({ family_id, clinic_id, title: null });
    router.go(`/staff/threads/${opened.thread_id}`);
  } catch (error) {
    toasts.show(wordsOf(asProblem(error)));
  }
}
