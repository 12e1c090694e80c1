import { asProblem, type Problem, wordsOf } from "$/platform/api";
import { live } from "$/platform/live";
import { toasts } from "$/platform/toasts.svelte";
import { cancelAppointment, changeAppointment, loadDay } from "./api";
import type { AppointmentView, DayView, ScheduledStaff } from "./types";

export type Column = { staff: ScheduledStaff | null; appointments: AppointmentView[] };

/** One day of one clinic on the screen. */
export class Day {
  view = $state.raw<DayView | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly columns = $derived(columnsOf(this.view?.appointments ?? []));
  #asked = new AbortController();

  constructor(
    readonly clinicId: string,
    /** `null`: today, as the clinic's calendar says. */
    readonly date: string | null,
  ) {}

  /** Until the returned function is called. */
  follow(): () => void {
    const stops = [
      live.onOpen(() => void this.load()),
      live.onSchedule((clinicId) => (clinicId === this.clinicId ? void this.load() : undefined)),
      live.onChanges(({ thread_id }) => (this.#hasHanded(thread_id) ? void this.load() : undefined)),
    ];
    void this.load();
    return () => {
      for (const stop of stops) stop();
      this.#asked.abort();
    };
  }

  #hasHanded(threadId: string): boolean {
    return this.view?.handed.some((each) => each.thread_id === threadId) ?? false;
  }

  async load(): Promise<void> {
    this.#asked.abort();
    const asked = new AbortController();
    this.#asked = asked;
    try {
      this.view = await loadDay(this.clinicId, this.date, asked.signal);
      this.problem = null;
    } catch (error) {
      if (!asked.signal.aborted) this.problem = asProblem(error);
    }
  }

  async mark(appointment: AppointmentView, status: "booked" | "confirmed" | "done"): Promise<void> {
    try {
      await changeAppointment(appointment.id, { revision: appointment.revision, tell_family: false, status });
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    }
    await this.load();
  }

  /** Throws a `Problem`, for the dialog that asked. */
  async cancel(appointment: AppointmentView, tellFamily: boolean): Promise<void> {
    await cancelAppointment(appointment.id, tellFamily);
    await this.load();
  }
}

/** One for each who has something to do, by name; what is nobody's in particular comes first. */
export function columnsOf(appointments: AppointmentView[]): Column[] {
  const columns = new Map<string, Column>();
  for (const appointment of appointments) {
    const { staff } = appointment;
    const column = columns.get(staff?.id ?? "") ?? { staff, appointments: [] };
    column.appointments.push(appointment);
    columns.set(staff?.id ?? "", column);
  }
  return [...columns.values()].sort((one, other) => (one.staff?.name ?? "").localeCompare(other.staff?.name ?? ""));
}
