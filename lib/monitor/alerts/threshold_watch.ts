import { type AlertFigure, type SystemAlert, type SystemSample, type Threshold } from "../../shared/mod.ts";

/** So many percent below its threshold a figure has to fall, before that counts as over. */
const HYSTERESIS = 5;
/** So long (ms) after a notice the next one of the same figure waits, however often it goes up and down. */
const QUIET_MS = 10 * 60_000;

interface Watched {
  above: number;
  /** Since when it is above without a break. */
  overSince: number | undefined;
  raised: SystemAlert | undefined;
  /** Whether anybody was told that it is raised. */
  isTold: boolean;
  toldAt: number;
}

/** Compares samples with thresholds, and says once when one is passed, and once when that is over. */
export class ThresholdWatch {
  readonly #host: string;
  readonly #watched = new Map<AlertFigure, Watched>();

  constructor(host: string) {
    this.#host = host;
  }

  /** What is over its threshold, whether or not anybody was told. */
  get active(): SystemAlert[] {
    return [...this.#watched.values()].flatMap(({ raised }) => raised ?? []);
  }

  /** What somebody has to be told now. */
  check(sample: SystemSample, thresholds: readonly Threshold[]): SystemAlert[] {
    const wanted = new Map(thresholds.filter(({ enabled }) => enabled).map((one) => [one.figure, one]));
    for (const [figure, { above }] of this.#watched) {
      // One that was changed begins afresh.
      if (wanted.get(figure)?.above !== above) this.#watched.delete(figure);
    }
    return [...wanted.values()].flatMap((threshold) => this.#checkOne(sample, threshold) ?? []);
  }

  #checkOne(sample: SystemSample, { figure, above, forSeconds }: Threshold): SystemAlert | undefined {
    const watched = this.#watchedOf(figure, above);
    const value = sample[figure];
    // Of what is not known, nothing follows.
    if (value === null) return void (watched.overSince = undefined);
    const alert = (state: SystemAlert["state"]): SystemAlert => {
      return { figure, state, value, above, at: sample.at, host: this.#host };
    };
    if (watched.raised) {
      if (value > above - HYSTERESIS) return undefined;
      watched.raised = undefined;
      watched.overSince = undefined;
      return watched.isTold ? alert("cleared") : undefined;
    }
    if (value <= above) return void (watched.overSince = undefined);
    watched.overSince ??= sample.at;
    if (sample.at - watched.overSince < forSeconds * 1000) return undefined;
    watched.raised = alert("raised");
    watched.isTold = sample.at - watched.toldAt >= QUIET_MS;
    if (!watched.isTold) return undefined;
    watched.toldAt = sample.at;
    return watched.raised;
  }

  #watchedOf(figure: AlertFigure, above: number): Watched {
    const known = this.#watched.get(figure);
    if (known) return known;
    const made = { above, overSince: undefined, raised: undefined, isTold: false, toldAt: -Infinity };
    this.#watched.set(figure, made);
    return made;
  }
}
