import { type Clock, systemClock } from "../../host/mod.ts";
import { findHono, type HonoPackage } from "../hono_package.ts";
import { toE2bError } from "./errors.ts";
import { apiOriginOf, connectionOf, type E2bSandboxOptions } from "./options.ts";

/** So long is it taken for granted that E2B can be used. */
const READY_MS = 5 * 60_000;
/** So long is an answer that it cannot be used kept, so that a page which asks often does not ask E2B as often. */
const MISSING_MS = 10_000;
const PROBE_MS_MAX = 10_000;

/** What is needed to use E2B, or why it cannot be used. */
export type Found = { hono: HonoPackage } | { reason: string };

/** Whether E2B can be reached and takes the key. */
export class E2bService {
  readonly #options: E2bSandboxOptions;
  readonly #clock: Clock;
  #known: { until: number; found: Found } | undefined;
  #finding: Promise<Found> | undefined;

  constructor(options: E2bSandboxOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Asks E2B, unless it was asked a short while ago. Whatever E2B does, it does not throw. */
  async find(): Promise<Found> {
    if (this.#known && this.#clock.now() < this.#known.until) return this.#known.found;
    this.#finding ??= this.#ask().finally(() => this.#finding = undefined);
    return await this.#finding;
  }

  async #ask(): Promise<Found> {
    const found = await this.#probe();
    const ms = "reason" in found ? MISSING_MS : READY_MS;
    this.#known = { until: this.#clock.now() + ms, found };
    return found;
  }

  async #probe(): Promise<Found> {
    if (Deno.build.os === "windows") return { reason: "E2B can be used from Linux and macOS only" };
    const hono = await findHono();
    if (!hono) return { reason: "Freshet's own copy of hono, which projects use, cannot be found" };
    try {
      const { Sandbox } = await import("e2b");
      const connection = connectionOf(this.#options);
      const requestTimeoutMs = Math.min(connection.requestTimeoutMs, PROBE_MS_MAX);
      this.#options.onContact?.(apiOriginOf(this.#options));
      await Sandbox.list({ ...connection, requestTimeoutMs, limit: 1 }).nextItems();
      return { hono };
    } catch (error) {
      const { message, hint } = toE2bError(error, this.#options.apiKey);
      this.#options.log?.warn("E2B cannot be used", { reason: message });
      return { reason: hint ? `${message}. ${hint}` : message };
    }
  }
}
