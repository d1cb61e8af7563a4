import { FreshetError } from "../../shared/mod.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** Clocks are changed at quarters of an hour, the world over. */
const QUARTER_MS = HOUR_MS / 4;

/** A time as a calendar shows it, in ms as if it were of UTC. */
type LocalTime = number;

/** A time zone: what a calendar shows at a time. Asking for an offset is slow, so it is done seldom. */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  /** Throws `invalid_request` for a zone that the IANA database does not know. */
  constructor(name: string) {
    this.name = name;
    try {
      this.#format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    } catch (cause) {
      throw new FreshetError("invalid_request", `Cannot use the time zone "${name}": it is not known`, {
        field: "zone",
        cause,
      });
    }
  }

  /** The calendar's time at a time. */
  localOf(at: number): LocalTime {
    return at + this.#offset(at);
  }

  /** The time at which the calendar shows a time; where it shows it twice, the first. */
  timeOf(local: LocalTime): number {
    const guess = local - this.#offset(local);
    return local - this.#offset(guess);
  }

  /** A week that begins and ends with the same offset has it all the time. */
  #offset(at: number): number {
    const week = Math.floor(at / WEEK_MS) * WEEK_MS;
    const offset = this.#offsetAt(week);
    if (offset === this.#offsetAt(week + WEEK_MS)) return offset;
    return this.#offsetAt(Math.floor(at / QUARTER_MS) * QUARTER_MS);
  }

  #offsetAt(at: number): number {
    const known = this.#offsets.get(at);
    if (known !== undefined) return known;
    const name = this.#format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = "0", minutes = "0"] = name.match(/GMT([+-])(\d+):(\d+)/) ?? [];
    const offset = (sign === "-" ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * 60_000);
    this.#offsets.set(at, offset);
    return offset;
  }
}

/** The zone that the machine is in. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(local: LocalTime): number {
  return (Math.floor(local / DAY_MS) + 3) % 7;
}

/** 0 to 23. */
export function hourOf(local: LocalTime): number {
  return Math.floor(local / HOUR_MS) % 24;
}
