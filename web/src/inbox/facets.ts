/** What the queue is narrowed to beside its tab, and how that stands in the address. Pure. */
import { assignmentOf } from "$/handing_off/assignment";
import type { InboxRow } from "$/platform/types";
import { isUrgent, labelIds } from "$/triage/triaged";
import type { QueueFilter } from "./api";
import { isFamilyWaiting } from "./waiting";

export type Facets = {
  unread: boolean;
  unanswered: boolean;
  urgent: boolean;
  channel: "app" | "sms" | null;
  startedBy: "family" | "practice" | null;
  species: string | null;
  assigneeId: string | null;
  labelId: string | null;
  clinicId: string | null;
  /** Who answered in it and has left. Only the server knows; what was written stays so, and other threads it lists anew. */
  formerId: string | null;
};
export type FacetName = keyof Facets;

export const NO_FACETS: Facets = {
  unread: false,
  unanswered: false,
  urgent: false,
  channel: null,
  startedBy: null,
  species: null,
  assigneeId: null,
  labelId: null,
  clinicId: null,
  formerId: null,
};

const FILTERS: readonly QueueFilter[] = [
  "open",
  "waiting",
  "mine",
  "handed_to_me",
  "mentions",
  "snoozed",
  "unread",
  "ended",
];
const ID = /^[0-9a-f-]{36}$/;

export function isNarrowed(facets: Facets): boolean {
  return namesIn(facets).length > 0;
}

export function namesIn(facets: Facets): FacetName[] {
  return (Object.keys(NO_FACETS) as FacetName[]).filter((name) => facets[name] !== NO_FACETS[name]);
}

export function without(facets: Facets, name: FacetName): Facets {
  return { ...facets, [name]: NO_FACETS[name] };
}

/** `?show=unread&label=…`; what is not understood narrows nothing. */
export function readAddress(search: string): { filter: QueueFilter; facets: Facets } {
  const said = new URLSearchParams(search);
  const one = <T extends string>(name: string, among: readonly T[]): T | null =>
    among.find((each) => each === said.get(name)) ?? null;
  const id = (name: string) => (ID.test(said.get(name) ?? "") ? said.get(name) : null);
  return {
    filter: one("show", FILTERS) ?? "open",
    facets: {
      unread: said.has("unread"),
      unanswered: said.has("unanswered"),
      urgent: said.has("urgent"),
      channel: one("channel", ["app", "sms"] as const),
      startedBy: one("started_by", ["family", "practice"] as const),
      species: said.get("species")?.slice(0, 40) || null,
      assigneeId: id("assignee"),
      labelId: id("label"),
      clinicId: id("clinic"),
      formerId: id("former"),
    },
  };
}

export function writeAddress(filter: QueueFilter, facets: Facets): string {
  const said = new URLSearchParams();
  if (filter !== "open") said.set("show", filter);
  for (const name of ["unread", "unanswered", "urgent"] as const) if (facets[name]) said.set(name, "1");
  const named = [
    ["channel", facets.channel],
    ["started_by", facets.startedBy],
    ["species", facets.species],
    ["assignee", facets.assigneeId],
    ["label", facets.labelId],
    ["clinic", facets.clinicId],
    ["former", facets.formerId],
  ] as const;
  for (const [name, value] of named) if (value !== null) said.set(name, value);
  const words = said.toString();
  return words === "" ? "" : `?${words}`;
}

/** Whether a row still is what was asked for, after a change. Its conversation is the one that was. */
export function matches(row: InboxRow, facets: Facets): boolean {
  const { conversation } = row;
  const starter = facets.startedBy === "family" ? "contact" : "staff";
  return (
    (!facets.unread || row.unread.length > 0) &&
    (!facets.unanswered || isFamilyWaiting(row)) &&
    (!facets.urgent || isUrgent(conversation)) &&
    (facets.channel === null || conversation?.channel === facets.channel) &&
    (facets.startedBy === null || conversation?.opened_by_kind === starter) &&
    (facets.species === null || row.pets.some((pet) => pet.species.toLowerCase() === facets.species?.toLowerCase())) &&
    (facets.assigneeId === null || assignmentOf(conversation)?.staff_id === facets.assigneeId) &&
    (facets.labelId === null || labelIds(conversation).includes(facets.labelId)) &&
    (facets.clinicId === null || row.clinic_id === facets.clinicId)
  );
}
