import { FreshetError, PROJECT_LIMITS, type RunEvent } from "../../shared/mod.ts";
import { applyEdits, checkReplacement, type EditBlock, type WireEvent, WireParser } from "../wire/mod.ts";
import type { Workspace } from "../workspace.ts";
import type { Prose } from "./prose.ts";

/** A file that an answer could not bring to its end, with what to tell the model. */
export interface FileProblem {
  path: string;
  /** `locked` and `refused` are the model's to obey; the others are asked for again. */
  type: "locked" | "refused" | "edit" | "shortened";
  reason: string;
}

/** What an answer came to. */
export interface Written {
  isComplete: boolean;
  /** The file in which the answer broke off. */
  unfinishedPath?: string;
  problems: FileProblem[];
  edits: number;
  editsApplied: number;
}

/** Writes the files of one answer of a model into the workspace, as it streams. */
export class AnswerWriter {
  readonly #parser = new WireParser();
  readonly #workspace: Workspace;
  readonly #prose: Prose;
  readonly #lockedPaths: ReadonlySet<string>;
  readonly #onlyPath: string | undefined;
  readonly #written: Written = { isComplete: false, problems: [], edits: 0, editsApplied: 0 };
  /** Files that are begun and must not be written. */
  #barred = new Map<string, FileProblem>();

  /** With `onlyPath` the answer may write that file and no other: those are asked for by themselves. */
  constructor(workspace: Workspace, prose: Prose, lockedPaths: readonly string[], onlyPath?: string) {
    this.#onlyPath = onlyPath;
    this.#workspace = workspace;
    this.#prose = prose;
    this.#lockedPaths = new Set(lockedPaths);
  }

  /** Takes in text of the answer. */
  async *push(text: string): AsyncGenerator<RunEvent, void, undefined> {
    for (const event of this.#parser.push(text)) yield* this.#take(event);
  }

  /** Ends the answer, be it whole or cut. */
  async *finish(): AsyncGenerator<RunEvent, Written, undefined> {
    const { events, isComplete, unfinished } = this.#parser.finish();
    for (const event of events) yield* this.#take(event);
    this.#written.isComplete = isComplete;
    if (unfinished) {
      this.#written.unfinishedPath = unfinished.path;
      yield { type: "file:dropped", filePath: unfinished.path, reason: "The answer broke off in it" };
    }
    return this.#written;
  }

  async *#take(event: WireEvent): AsyncGenerator<RunEvent, void, undefined> {
    switch (event.type) {
      case "text":
        return yield* this.#prose.push(event.text);
      case "file:start":
        return yield* this.#begin(event.path);
      case "file:chunk":
        if (this.#barred.has(event.path)) return;
        return yield {
          type: "code:chunk",
          filePath: event.path,
          chunk: event.text,
          startLine: event.startLine,
        };
      case "file:end":
        return yield* this.#write(event.path, event.content);
      case "edit:end":
        return yield* this.#edit(event.path, event.blocks);
      case "file:refused":
        return yield* this.#drop({ path: event.path, type: "refused", reason: event.reason });
      case "delete":
        return yield* this.#delete(event.path);
      case "end":
    }
  }

  *#begin(path: string): Generator<RunEvent, void, undefined> {
    yield* this.#prose.beginFiles();
    const problem = this.#lockedPaths.has(path)
      ? { path, type: "locked" as const, reason: "It is locked" }
      : this.#barredBy(path);
    if (problem) this.#barred.set(path, problem);
    else yield { type: "file:generating", filePath: path };
  }

  #barredBy(path: string): FileProblem | undefined {
    const isOther = this.#onlyPath !== undefined && this.#onlyPath !== path;
    const reason = isOther ? "It was not asked for" : this.#workspace.problemOf(path);
    return reason === undefined ? undefined : { path, type: "refused", reason };
  }

  async *#write(path: string, content: string): AsyncGenerator<RunEvent, void, undefined> {
    const barred = this.#barred.get(path);
    if (barred) return yield* this.#drop(barred);
    const reason = checkReplacement(path, await this.#workspace.read(path), content);
    if (reason !== undefined) return yield* this.#drop({ path, type: "shortened", reason });
    yield* this.#keep(path, content);
  }

  async *#edit(path: string, blocks: EditBlock[]): AsyncGenerator<RunEvent, void, undefined> {
    const barred = this.#barred.get(path);
    if (barred) return yield* this.#drop(barred);
    this.#written.edits++;
    const result = applyEdits(await this.#workspace.read(path) ?? "", blocks);
    if (result.type === "applied") {
      this.#written.editsApplied++;
      yield { type: "code:chunk", filePath: path, chunk: result.content, startLine: 1 };
      return yield* this.#keep(path, result.content);
    }
    const what = result.reason === "ambiguous" ? "stands in it more than once" : "does not stand in it";
    const reason = `The SEARCH of block ${
      result.blockIndex + 1
    } ${what}. The file says there:\n${result.snippet}`;
    yield* this.#drop({ path, type: "edit", reason });
  }

  async *#keep(path: string, content: string): AsyncGenerator<RunEvent, void, undefined> {
    try {
      const { operation, file } = await this.#workspace.write(path, content);
      yield { type: "file:complete", filePath: path, operation, file };
    } catch (error) {
      if (!(error instanceof FreshetError) || error.code !== "payload_too_large") throw error;
      const reason = `It is larger than ${PROJECT_LIMITS.fileBytes} bytes`;
      yield* this.#drop({ path, type: "refused", reason });
    }
  }

  async *#delete(path: string): AsyncGenerator<RunEvent, void, undefined> {
    yield* this.#prose.beginFiles();
    if (this.#lockedPaths.has(path)) {
      return yield* this.#drop({ path, type: "locked", reason: "It is locked" });
    }
    if (this.#workspace.delete(path)) yield { type: "file:complete", filePath: path, operation: "deleted" };
  }

  *#drop(problem: FileProblem): Generator<RunEvent, void, undefined> {
    this.#barred.delete(problem.path);
    this.#written.problems.push(problem);
    // The reason of a failed edit quotes the file for the model; people need its first line.
    const reason = problem.reason.split("\n")[0] ?? problem.reason;
    yield { type: "file:dropped", filePath: problem.path, reason };
  }
}
