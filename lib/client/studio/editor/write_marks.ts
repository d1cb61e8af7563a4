import type * as monaco from "monaco-editor/editor";
import type { Clock } from "../../clock.ts";

/** ms that a new line stays marked; the style sheet fades it in this time. */
const FRESH_MS = 1600;

/** The cursor where text is being written, and the marks of the lines that are new. */
export class WriteMarks {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #clock: Clock;
  readonly #cursor: monaco.editor.IEditorDecorationsCollection;
  /** Lines up to this one have been marked. */
  #markedTo = 0;
  readonly #fresh = new Map<monaco.editor.IEditorDecorationsCollection, () => void>();

  constructor(editor: monaco.editor.IStandaloneCodeEditor, clock: Clock) {
    this.#editor = editor;
    this.#clock = clock;
    this.#cursor = editor.createDecorationsCollection();
  }

  /** Begins with a text of so many lines, which are not new. */
  begin(lines: number): void {
    this.clear();
    this.#markedTo = lines;
    this.wrote();
  }

  /** Text was written at the end. */
  wrote(): void {
    const end = this.#end();
    if (!end) return;
    this.#cursor.set([{
      range: rangeOf(end.line, end.column),
      options: { after: { content: "▊", inlineClassName: "write-cursor" }, showIfCollapsed: true },
    }]);
    if (end.line <= this.#markedTo) return;
    const from = this.#markedTo + 1;
    this.#markedTo = end.line;
    const marks = this.#editor.createDecorationsCollection([{
      range: { startLineNumber: from, startColumn: 1, endLineNumber: end.line, endColumn: 1 },
      options: { isWholeLine: true, className: "line-fresh", linesDecorationsClassName: "line-fresh-edge" },
    }]);
    const cancel = this.#clock.after(FRESH_MS, () => {
      this.#fresh.delete(marks);
      marks.clear();
    });
    this.#fresh.set(marks, cancel);
  }

  /** Takes all marks away. */
  clear(): void {
    this.#cursor.clear();
    for (const [marks, cancel] of this.#fresh) {
      cancel();
      marks.clear();
    }
    this.#fresh.clear();
  }

  #end(): { line: number; column: number } | undefined {
    const model = this.#editor.getModel();
    if (!model) return undefined;
    const line = model.getLineCount();
    return { line, column: model.getLineMaxColumn(line) };
  }
}

function rangeOf(line: number, column: number): monaco.IRange {
  return { startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: column };
}
