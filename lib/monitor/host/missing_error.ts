import type { MissingPart } from "../../shared/mod.ts";

/** Why a part of the machine is not known, as `MissingPart` tells it. */
export class MissingError extends Error {
  override readonly name = "MissingError";
  readonly why: MissingPart["why"];
  readonly needs: string;
  readonly detail: string | undefined;

  constructor(why: MissingPart["why"], needs: string, detail?: string) {
    super(`Cannot read this part of the machine: ${why} ${needs}`);
    this.why = why;
    this.needs = needs;
    this.detail = detail;
  }

  /** The reason of any failure: a permission that Deno names, or the words of what failed. */
  static of(error: unknown): MissingError {
    if (error instanceof MissingError) return error;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Deno.errors.NotCapable) {
      return new MissingError("permission", message.match(/--allow-[a-z]+/)?.[0] ?? "--allow-all");
    }
    return new MissingError("failed", "", message.slice(0, DETAIL_MAX_CHARS));
  }
}

const DETAIL_MAX_CHARS = 200;
