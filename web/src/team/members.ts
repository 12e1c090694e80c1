/** What may be changed of whom, and what a change takes away, in words. Pure. */
import type { ClinicView, StaffChange, StaffView } from "$/platform/types";
import { ROLES } from "$/practices/roles";

export type Role = StaffView["role"];
export type Wanted = { name: string; job_title: string; role: Role; clinic_ids: string[] };

const RANKS = ROLES.map((role) => role.id);

export function isAtLeast(role: Role, other: Role): boolean {
  return RANKS.indexOf(role) >= RANKS.indexOf(other);
}

/** Whether one may end or give back somebody's access. `clinics`: those of whoever asks; a practice owner's are all. */
export function mayDecideOn(member: StaffView, ownRole: Role, clinics: ClinicView[]): boolean {
  const own = clinics.map((clinic) => clinic.id);
  return isAtLeast(ownRole, member.role) && member.clinic_ids.every((id) => own.includes(id));
}

export function wantedOf(member: StaffView): Wanted {
  const { name, job_title, role, clinic_ids } = member;
  return { name, job_title, role, clinic_ids: [...clinic_ids] };
}

/** The clinics somebody works at, with one ticked or not. The others stay: whoever asks may not see all of them. */
export function placedAt(clinicIds: string[], id: string, isTicked: boolean): string[] {
  const others = clinicIds.filter((each) => each !== id);
  return isTicked ? [...others, id] : others;
}

/** What was left as it is stays out; `null` when that is everything. */
export function changeTo(member: StaffView, wanted: Wanted): StaffChange | null {
  const [name, job_title] = [wanted.name.trim(), wanted.job_title.trim()];
  const isElsewhere = [...wanted.clinic_ids].sort().join() !== [...member.clinic_ids].sort().join();
  const change = {
    ...(name !== member.name && { name }),
    ...(job_title !== member.job_title && { job_title }),
    ...(wanted.role !== member.role && { role: wanted.role }),
    ...(isElsewhere && { clinic_ids: wanted.clinic_ids }),
  };
  return Object.keys(change).length === 0 ? null : { revision: member.revision, ...change };
}

/** A sentence for each thing that they can do now and then no more. */
export function lostBy(member: StaffView, wanted: Wanted, clinics: ClinicView[]): string[] {
  return [...lostWithRole(member, wanted.role), ...lostWithClinics(member, wanted, clinics)];
}

function lostWithRole({ name, role }: StaffView, next: Role): string[] {
  const loses = (needed: Role) => isAtLeast(role, needed) && !isAtLeast(next, needed);
  return [
    loses("senior") &&
      `${name} will no longer see the inbox, only families on their schedule that day. Conversations they answer go back to the queue.`,
    loses("administrator") && `${name} will no longer manage the team, the settings and reports.`,
    loses("practice_owner") && `${name} will no longer give roles or manage text numbers.`,
    loses("practice_owner") && `${name} will see the threads of their own clinics only.`,
  ].filter((words) => words !== false);
}

function lostWithClinics(member: StaffView, wanted: Wanted, clinics: ClinicView[]): string[] {
  if (wanted.role === "practice_owner" || member.role === "practice_owner") return [];
  const left = clinics.filter(({ id }) => member.clinic_ids.includes(id) && !wanted.clinic_ids.includes(id));
  return left.map(
    ({ name }) =>
      `${member.name} will no longer see the threads of ${name}. Conversations they answer there go back to the queue.`,
  );
}
