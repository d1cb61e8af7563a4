import type { RunEvent } from "../../shared/mod.ts";
import { readPlan } from "./plan.ts";
import { TitleLine } from "../title_line.ts";

const PLANNING_MAX_CHARS = 4_000;

/** What a model says around its files: before the first one its plan, after that the answer, with the title taken out. */
export class Prose {
  #title = new TitleLine();
  #planning = "";
  #hasFiles = false;
  #hasText = false;
  #isSilent: boolean;

  /** A silent one keeps to itself what a model says while it only mends files, or writes one of several. */
  constructor(options: { isSilent?: boolean; hasFiles?: boolean } = {}) {
    this.#isSilent = options.isSilent ?? false;
    this.#hasFiles = options.hasFiles ?? false;
  }

  /** What the model called the version. */
  get title(): string | undefined {
    return this.#title.title;
  }

  /** Takes prose in. */
  *push(text: string): Generator<RunEvent, void, undefined> {
    if (this.#hasFiles) return yield* this.#say(this.#title.push(text));
    this.#planning += text;
    // The event has the whole plan, so it is sent for every paragraph, not for every token.
    if (text.includes("\n") && /\n[ \t]*\n\s*$/.test(this.#planning)) yield* this.#plan();
  }

  /** Says that a file begins. */
  *beginFiles(): Generator<RunEvent, void, undefined> {
    if (this.#hasFiles) return;
    this.#hasFiles = true;
    yield* this.#plan();
    yield { type: "step:start", step: "generating" };
  }

  /** Ends it; an answer without files is all answer. */
  *end(): Generator<RunEvent, void, undefined> {
    if (!this.#hasFiles) yield* this.#say(this.#title.push(this.#planning));
    yield* this.#say(this.#title.end());
  }

  *#plan(): Generator<RunEvent, void, undefined> {
    const message = this.#planning.trim().slice(0, PLANNING_MAX_CHARS);
    if (!message || this.#isSilent) return;
    const files = readPlan(message).files.map(({ path }) => path);
    yield { type: "planning", message, ...(files.length > 0 ? { files } : {}) };
  }

  *#say(prose: string): Generator<RunEvent, void, undefined> {
    const text = this.#hasText ? prose : prose.trimStart();
    if (!text || this.#isSilent) return;
    this.#hasText = true;
    yield { type: "text", text };
  }
}
