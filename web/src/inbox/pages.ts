/** The pages beside the conversations, and who they are for. Pure. */
import { isAtLeast, type Role } from "$/team/members";

type Page = { path: string; name: string; least: Role };

const PAGES = [
  { path: "/staff/schedule", name: "Schedule", least: "basic" },
  { path: "/staff/clients", name: "Clients", least: "basic" },
  { path: "/staff/team", name: "Team", least: "administrator" },
  { path: "/staff/reports", name: "Reports", least: "administrator" },
  { path: "/staff/profile", name: "Your profile", least: "basic" },
  { path: "/staff/devices", name: "Devices", least: "basic" },
  { path: "/staff/blocked", name: "People you blocked", least: "basic" },
  { path: "/staff/settings", name: "Settings", least: "administrator" },
] as const satisfies Page[];

export type PageName = (typeof PAGES)[number]["name"];

/** Their page at an address; `barred`: there is one, for higher roles only. Null: the conversations are there. */
export function pageAt(address: string, role: Role): PageName | "barred" | null {
  const page = PAGES.find(({ path }) => address === path || address.startsWith(`${path}/`));
  if (page === undefined) return null;
  return isAtLeast(role, page.least) ? page.name : "barred";
}
