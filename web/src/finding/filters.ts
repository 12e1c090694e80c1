import { instantAt } from "$/platform/wall_time";
import { shiftDay } from "$/schedule/days";
import type { MessageQuery } from "./api";

/** As they are chosen on the screen; empty: all of them. Days are those of the clinic's calendar. */
export type Filters = {
  clinicId: string;
  writtenBy: "" | "family" | "team";
  firstDay: string;
  lastDay: string;
  withFiles: boolean;
};

export const NO_FILTERS: Filters = { clinicId: "", writtenBy: "", firstDay: "", lastDay: "", withFiles: false };

/** People and numbers have neither an author nor a day. */
export function isAboutMessages(filters: Filters): boolean {
  return filters.writtenBy !== "" || filters.firstDay !== "" || filters.lastDay !== "" || filters.withFiles;
}

export function countFilters(filters: Filters): number {
  const { clinicId, writtenBy, firstDay, lastDay, withFiles } = filters;
  return [clinicId, writtenBy, firstDay, lastDay, withFiles].filter(Boolean).length;
}

export function messageQuery(q: string, filters: Filters, zone: string): MessageQuery {
  return {
    q,
    clinic_id: filters.clinicId || null,
    written_by: filters.writtenBy || null,
    since: startOf(filters.firstDay, zone),
    before: startOf(filters.lastDay, zone) && startOf(shiftDay(filters.lastDay, 1), zone),
    with_files: filters.withFiles,
    cursor: null,
  };
}

const startOf = (day: string, zone: string): string | null => instantAt(day, "00:00", zone);
