import type { StaffView } from "$/platform/types";

export const ROLES: { id: StaffView["role"]; name: string; may: string }[] = [
  { id: "basic", name: "Basic", may: "Writes to families on their schedule" },
  { id: "senior", name: "Senior", may: "Works in the shared inbox" },
  { id: "administrator", name: "Administrator", may: "Manages the team too" },
  { id: "practice_owner", name: "Practice owner", may: "May do everything" },
];

export function roleName(id: StaffView["role"]): string {
  return ROLES.find((role) => role.id === id)?.name ?? id;
}
