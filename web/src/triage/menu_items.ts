import AlarmClock from "@lucide/svelte/icons/alarm-clock";
import AlarmClockOff from "@lucide/svelte/icons/alarm-clock-off";
import MailOpen from "@lucide/svelte/icons/mail";
import Siren from "@lucide/svelte/icons/siren";
import Tag from "@lucide/svelte/icons/tag";
import type { MenuItem } from "$/platform/Menu.svelte";
import type { ConversationView } from "$/platform/types";
import { triage } from "./triage.svelte";
import { isAsleep, isBack, isUrgent } from "./triaged";

type About = {
  threadId: string;
  conversation: ConversationView | null;
  zone: string;
  /** Of the thread's last message that the screen has. */
  seenSeq: number;
  now: number;
  /** Whoever has the inbox may also put conversations off. */
  maySnooze: boolean;
  onunread: () => void;
};

/** What can be set down with a conversation, for the menu of its row and of its thread. */
export function triageItems({ threadId, conversation, zone, seenSeq, now, maySnooze, onunread }: About): MenuItem[] {
  const items: MenuItem[] = [{ label: "Mark as unread", icon: MailOpen, act: onunread }];
  if (conversation === null) return items;
  if (conversation.ended_at === null) {
    const isOn = isUrgent(conversation);
    const act = () => void triage.setUrgent({ threadId, conversation, zone: maySnooze ? zone : null }, !isOn);
    items.push({ label: isOn ? "Not urgent" : "Mark as urgent", icon: Siren, act });
  }
  const asked = { threadId, conversation, zone, seenSeq };
  items.push({ label: "Labels…", icon: Tag, act: () => triage.ask({ show: "labels", ...asked }) });
  if (conversation.ended_at !== null || !maySnooze) return items;
  if (isAsleep(conversation, now) || isBack(conversation)) {
    const label = isAsleep(conversation, now) ? "Wake up now" : "Done with the snooze";
    items.push({ label, icon: AlarmClockOff, act: () => void triage.wake(threadId, conversation) });
  }
  const act = () => triage.ask({ show: "snooze", ...asked });
  items.push({ label: isAsleep(conversation, now) ? "Snooze until another time…" : "Snooze…", icon: AlarmClock, act });
  return items;
}
