/** What staff members do with passkeys. */
import { answer, made } from "./credentials";
import {
  addOwnPasskey,
  beginOwnPasskey,
  beginStaffUse,
  enterStaff,
  type Oneself,
  type StaffPasskey,
  unlockWithProof,
} from "./staff_api";
import { passkeyWords } from "./words";

export async function addPasskeyNamed(name: string, oneself: Oneself): Promise<StaffPasskey> {
  return addOwnPasskey(name, await made(await beginOwnPasskey(oneself)));
}

export async function oneselfByPasskey(): Promise<Oneself> {
  return { proof: await answer(await beginStaffUse()) };
}

export async function signInStaffByPasskey(isShared: boolean): Promise<void> {
  await enterStaff(await answer(await beginStaffUse()), isShared);
}

export async function unlockByPasskey(): Promise<void> {
  await unlockWithProof(await answer(await beginStaffUse()));
}

/** The browser does not say whether it was called off or knows of no passkey for this site. */
export function passkeyRefusal(error: unknown): string {
  return passkeyWords(error, "No passkey was used. Try again, or use your password instead.");
}
