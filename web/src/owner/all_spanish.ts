import { spanish as pet_life } from "$/families/pet_life_spanish";
import { spanish as pet_profile } from "$/families/pet_profile_spanish";
import { spanish as joining } from "$/joining/spanish";
import { spanish as moderation } from "$/moderation/spanish";
import { spanish as notifications } from "$/notifications/spanish";
import { spanish as passkeys } from "$/passkeys/spanish";
import { spanish as payments } from "$/payments/spanish";
import type { Translation } from "$/platform/language";
import { spanish as platform } from "$/platform/spanish";
import { spanish as practices } from "$/practices/spanish";
import { spanish as schedule } from "$/schedule/spanish";
import { spanish as sign_in } from "$/sign_in/spanish";
import { spanish as staff_sign_in } from "$/sign_in/staff_spanish";
import { spanish as step_up } from "$/step_up/spanish";
import { spanish as texting } from "$/texting/files_spanish";
import { spanish as files } from "$/threads/files_spanish";
import { spanish as threads } from "$/threads/spanish";
import { spanish as vets } from "$/vets/spanish";
import { spanish as chat } from "./chat_spanish";
import { spanish as ending } from "./ending_spanish";
import { inSpanish } from "./of_server_spanish";
import { spanish as owner } from "./spanish";
import { spanish as species } from "./species_spanish";
import { spanish as you } from "./you_spanish";

/** By the names under which the English ones are known. */
export const translation: Translation = {
  catalogues: {
    chat,
    ending,
    files,
    joining,
    moderation,
    notifications,
    owner,
    passkeys,
    payments,
    pet_life,
    pet_profile,
    platform,
    practices,
    schedule,
    sign_in,
    species,
    staff_sign_in,
    step_up,
    texting,
    threads,
    vets,
    you,
  },
  ofServer: inSpanish,
};
