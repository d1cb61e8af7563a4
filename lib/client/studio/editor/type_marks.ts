import type * as monaco from "monaco-editor/editor";
import type { TypeService } from "../../workers/type_service.ts";
import type { Clock } from "../../clock.ts";
import type { Monaco } from "./load_editor.ts";
import { isNetworkFailure } from "./until_loaded.ts";

/** What `TypeMarks` needs. */
export interface TypeMarksOptions {
  monaco: Pick<Monaco, "editor">;
  clock: Clock;
  start: () => Promise<TypeService>;
  /** The types of the file that is shown are checked here now, or no longer. */
  onChange: (isChecked: boolean) => void;
}

const OWNER = "types";
/** ms without a key before the types are checked. */
const PAUSE_MS = 300;
const CODE = new Set(["typescript", "javascript"]);

/** The marks of type errors in a file that a person edits. Nothing is loaded, and nothing marked, before somebody does. */
export class TypeMarks {
  readonly #options: TypeMarksOptions;
  #service: Promise<TypeService> | undefined;
  #model: monaco.editor.ITextModel | null = null;
  #files: ReadonlyMap<string, string> = new Map();
  #isEngaged = false;
  #isMarked = false;
  #round = 0;
  #cancel: (() => void) | undefined;

  constructor(options: TypeMarksOptions) {
    this.#options = options;
  }

  /** Another file is shown; null where nobody may edit it now. */
  look(model: monaco.editor.ITextModel | null): void {
    if (model === this.#model) return;
    this.#clear();
    this.#model = model;
    this.#soon();
  }

  /** Takes the code of the project by its paths, which imports lead to. */
  know(files: ReadonlyMap<string, string>): void {
    this.#files = files;
    this.#soon();
  }

  /** A person is about to edit the file that is shown. */
  engage(): void {
    this.#isEngaged = true;
    if (!this.#isMarked) this.#soon(0);
  }

  /** The file that is shown was edited. */
  changed(): void {
    this.#isEngaged = true;
    this.#soon();
  }

  dispose(): void {
    this.#clear();
    this.#model = null;
  }

  #soon(ms = PAUSE_MS): void {
    const model = this.#model;
    this.#cancel?.();
    if (!this.#isEngaged || !model || !CODE.has(model.getLanguageId())) return;
    const round = ++this.#round;
    this.#cancel = this.#options.clock.after(ms, () => {
      this.#check(model, round).catch((error) => {
        // Without a network there are no marks; the next key asks again.
        if (!isNetworkFailure(error)) reportError(error);
      });
    });
  }

  async #check(model: monaco.editor.ITextModel, round: number): Promise<void> {
    this.#service ??= this.#options.start();
    const service = await this.#service;
    await service.know(this.#files);
    // Another check is waited for, or nobody edits the file any more.
    if (round !== this.#round || model.isDisposed()) return;
    const problems = await service.problemsOf(model);
    if (round !== this.#round || model.isDisposed()) return;
    this.#options.monaco.editor.setModelMarkers(model, OWNER, problems);
    this.#isMarked = true;
    this.#options.onChange(true);
  }

  #clear(): void {
    this.#round++;
    this.#cancel?.();
    if (!this.#isMarked) return;
    this.#isMarked = false;
    if (this.#model && !this.#model.isDisposed()) {
      this.#options.monaco.editor.setModelMarkers(this.#model, OWNER, []);
    }
    this.#options.onChange(false);
  }
}
