import { asProblem, newKey, type Problem, Refusal } from "$/platform/api";
import { clock } from "$/platform/clock.svelte";
import { clockTime, isoDay } from "$/platform/dates";
import type { FamilyMatch } from "$/platform/types";
import { bookAppointment, changeAppointment } from "./api";
import type { AppointmentView, DayView } from "./types";

/** One appointment as it is being filled in: a new one, or a change of `appointment`. */
export class AppointmentForm {
  family = $state.raw<FamilyMatch | null>(null);
  petId = $state("");
  staffId = $state("");
  date = $state("");
  time = $state("");
  minutes = $state(30);
  kind = $state("");
  tellsFamily = $state(true);
  problem = $state.raw<Problem | null>(null);
  isBusy = $state(false);
  #key = newKey();

  constructor(
    readonly day: DayView,
    readonly appointment: AppointmentView | null,
  ) {
    this.date = day.on_date;
    if (appointment === null) return;
    this.staffId = appointment.staff?.id ?? "";
    this.time = this.#timeOf(appointment);
    this.minutes = appointment.minutes;
    this.kind = appointment.kind;
  }

  get isReady(): boolean {
    const hasPet = this.appointment !== null || (this.family !== null && this.petId !== "");
    return hasPet && this.date !== "" && this.time !== "" && this.kind.trim() !== "";
  }

  /** Another time that is still to come: what the family would want to be told, unless the pet has died. */
  get isNews(): boolean {
    const { appointment, date, time } = this;
    if (appointment === null || appointment.has_pet_died || date === "" || time === "") return false;
    const zone = this.day.clinic.timezone;
    const now = `${isoDay(clock.now, zone)} ${clockTime(new Date(clock.now).toISOString(), zone)}`;
    return !this.#isSameTime(appointment) && `${date} ${time}` > now;
  }

  pick(family: FamilyMatch): void {
    this.family = family;
    this.petId = family.pets[0]?.id ?? "";
  }

  /** What the server says of a field. */
  wrong(...fields: string[]): string | null {
    if (!(this.problem instanceof Refusal)) return null;
    const errors = this.problem.fieldErrors;
    return fields.map((field) => errors[field]).find((words) => words !== undefined) ?? null;
  }

  /** `null`: it was refused, and `problem` says why. */
  async save(): Promise<AppointmentView | null> {
    this.isBusy = true;
    this.problem = null;
    try {
      return this.appointment === null ? await this.#book() : await this.#change(this.appointment);
    } catch (error) {
      this.problem = asProblem(error);
      if (this.problem instanceof Refusal) this.#key = newKey();
      return null;
    } finally {
      this.isBusy = false;
    }
  }

  #book(): Promise<AppointmentView> {
    const { petId: pet_id, date: on_date, time: at, minutes, kind } = this;
    const who = { clinic_id: this.day.clinic.id, family_id: this.family?.id ?? "", pet_id };
    return bookAppointment({ ...who, on_date, at, minutes, kind, staff_id: this.staffId || null }, this.#key);
  }

  /** Only what was changed: another time asks the family to confirm again. */
  #change(from: AppointmentView): Promise<AppointmentView> {
    const isSameTime = this.#isSameTime(from);
    return changeAppointment(from.id, {
      revision: from.revision,
      tell_family: this.isNews && this.tellsFamily,
      ...(isSameTime ? {} : { on_date: this.date, at: this.time }),
      ...(this.minutes === from.minutes ? {} : { minutes: this.minutes }),
      ...(this.kind === from.kind ? {} : { kind: this.kind }),
      ...(this.staffId === (from.staff?.id ?? "") ? {} : { staff_id: this.staffId || null }),
    });
  }

  #isSameTime(from: AppointmentView): boolean {
    return this.date === this.#dateOf(from) && this.time === this.#timeOf(from);
  }

  #timeOf(appointment: AppointmentView): string {
    return clockTime(appointment.starts_at, this.day.clinic.timezone);
  }

  #dateOf(appointment: AppointmentView): string {
    return isoDay(appointment.starts_at, this.day.clinic.timezone);
  }
}
