import { Offline, Refusal } from "$/platform/api";
import { dueSignOut } from "$/platform/due_sign_out";
import { session } from "$/platform/session.svelte";
import { keepAnswer, loadAnswer, wipeStorage } from "$/platform/storage";
import type { SessionView } from "$/platform/types";

const SHELF = "session";

/** Find out who is signed in; without a network, whoever was last, so that the app opens on a train too. */
export async function resume(): Promise<void> {
  if (dueSignOut() !== null) await wipeStorage(); // the page may have been closed before that was done
  const kept = await loadAnswer<SessionView>(SHELF);
  await session.load();
  if (kept === null) return;
  if (session.view === null && isAway(session.problem)) session.accept(kept);
  else if (session.view?.person === null) session.end();
}

export function remember(view: SessionView): void {
  void keepAnswer(SHELF, view.person === null ? null : view);
}

function isAway(problem: unknown): boolean {
  return problem instanceof Offline || (problem instanceof Refusal && problem.isPassing);
}
