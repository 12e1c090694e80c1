import { chooseForChat, disableChat, enableChat, getChosenContacts, getDisabledChats, unchooseForChat } from "./api";
import type { Picking } from "./picked_clients.svelte";

/** For whom app chat is disabled. */
export const DISABLED: Picking = {
  page: async (cursor) => {
    const page = await getDisabledChats(cursor);
    const clients = page.contacts.map((each) => ({
      contactId: each.contact_id,
      name: each.name,
      familyName: each.family_name,
      at: each.disabled_at,
      byName: each.disabled_by_name,
    }));
    return { clients, cursor: page.next_cursor };
  },
  add: disableChat,
  remove: enableChat,
  added: (name) => `Chat is disabled for ${name}`,
  removed: (name) => `${name} can chat again`,
};

/** Whom a clinic has chosen for app chat. */
export const chosenAt = (clinicId: string): Picking => ({
  page: async (cursor) => {
    const page = await getChosenContacts(clinicId, cursor);
    const clients = page.contacts.map((each) => ({
      contactId: each.contact_id,
      name: each.name,
      familyName: each.family_name,
      at: each.chosen_at,
      byName: each.chosen_by_name,
    }));
    return { clients, cursor: page.next_cursor };
  },
  add: (contactId) => chooseForChat(clinicId, contactId),
  remove: (contactId) => unchooseForChat(clinicId, contactId),
  added: (name) => `${name} is chosen for chat`,
  removed: (name) => `${name} is no longer chosen for chat`,
});
