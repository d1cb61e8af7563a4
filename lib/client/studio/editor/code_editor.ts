import type * as monaco from "monaco-editor/editor";
import { type CheckProblem, languageOfPath } from "../../../shared/mod.ts";
import type { Clock } from "../../clock.ts";
import type { WrittenFile } from "../written_file.ts";
import { EDITOR_THEME, followPageTheme } from "./editor_theme.ts";
import type { EditorBundle } from "./load_editor.ts";
import { TypeMarks } from "./type_marks.ts";
import { WriteMarks } from "./write_marks.ts";

/** What a `CodeEditor` needs. */
export interface CodeEditorOptions {
  bundle: EditorBundle;
  host: HTMLElement;
  clock: Clock;
  label: string;
  wraps: boolean;
  /** Why typing does nothing now. */
  readOnlyMessage: string;
  onEdit(path: string, text: string): void;
  onSave(): void;
}

const OWNER = "checks";
/** What the check of types says begins with its number. */
const TYPE_ERROR = /^TS\d+: /;
/** px that may be left below for the writing to be followed. */
const AT_END_PX = 48;

/** Monaco in an element: one file at a time, read-only while it is written, each with its own history of edits. */
export class CodeEditor {
  readonly #options: CodeEditorOptions;
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #models = new Map<string, monaco.editor.ITextModel>();
  #isStreamed = false;
  readonly #views = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  readonly #marks: WriteMarks;
  readonly #types: TypeMarks;
  #problems: readonly CheckProblem[] = [];
  /** What is said about the types as they are now; what the version's check said of them is older. */
  #hasTypes = false;
  readonly #stopTheme: () => void;
  #path: string | null = null;
  /** Our own changes are no edits. */
  #quiet = false;
  #followsEnd = true;
  #stopStream: (() => void) | undefined;

  constructor(options: CodeEditorOptions) {
    this.#options = options;
    const { bundle: { monaco, startTypeService }, host, clock } = options;
    this.#stopTheme = followPageTheme(monaco);
    const style = getComputedStyle(host);
    this.#editor = monaco.editor.create(host, {
      model: null,
      theme: EDITOR_THEME,
      ariaLabel: options.label,
      automaticLayout: true,
      fontFamily: style.getPropertyValue("--font-code"),
      fontSize: parseFloat(style.fontSize),
      lineHeight: Math.round(parseFloat(style.fontSize) * 1.6),
      minimap: { enabled: false },
      padding: { top: 10, bottom: 10 },
      lineNumbersMinChars: 4,
      scrollBeyondLastLine: false,
      fixedOverflowWidgets: true,
      readOnly: true,
      tabFocusMode: true,
      readOnlyMessage: { value: options.readOnlyMessage },
      renderFinalNewline: "on",
      renderLineHighlightOnlyWhenFocus: true,
      wordWrap: options.wraps ? "on" : "off",
      tabSize: 2,
      stickyScroll: { enabled: false },
      scrollbar: { useShadows: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
      // What cannot be seen is marked wherever it is; a dash or a letter of another alphabet in a text is none of our business.
      unicodeHighlight: {
        ambiguousCharacters: false,
        includeComments: true,
        includeStrings: true,
        // These join the parts of one emoji.
        allowedCharacters: { "\u200d": true, "\ufe0f": true },
      },
    });
    this.#marks = new WriteMarks(this.#editor, clock);
    this.#types = new TypeMarks({
      monaco,
      clock,
      start: startTypeService,
      onChange: (isChecked) => {
        this.#hasTypes = isChecked;
        this.#markProblems();
      },
    });
    this.#editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => options.onSave());
    this.#editor.onDidChangeModelContent(() => {
      const model = this.#editor.getModel();
      if (this.#quiet || this.#path === null || !model) return;
      this.#letTabLeave(false);
      this.#types.changed();
      options.onEdit(this.#path, model.getValue());
    });
    // Who only passes by with the Tab key is not to indent the code; who works in it is.
    this.#editor.onMouseDown(() => this.#letTabLeave(this.#isReadOnly()));
    this.#editor.onDidFocusEditorText(() => this.#types.engage());
    this.#editor.onDidBlurEditorText(() => this.#letTabLeave(true));
    host.addEventListener("wheel", (event) => {
      if (event.deltaY < 0) this.#followsEnd = false;
    }, { passive: true });
    this.#editor.onDidScrollChange(({ scrollTopChanged }) => {
      if (scrollTopChanged && this.#distanceToEnd() < AT_END_PX) this.#followsEnd = true;
    });
  }

  /** Shows a file. */
  show(path: string, text: string, readOnly: boolean): void {
    this.#stopStream?.();
    this.#stopStream = undefined;
    this.#marks.clear();
    this.#open(path, text);
    this.#editor.updateOptions({ readOnly });
    if (readOnly) this.#letTabLeave(true);
    this.#types.look(readOnly ? null : this.#editor.getModel());
  }

  /** Takes the code of the project by its paths, with what was edited: what imports lead to. */
  know(files: ReadonlyMap<string, string>): void {
    // What a file was before is in its model, where it was open; the language service would believe that.
    for (const [path, model] of this.#models) {
      const text = files.get(path);
      if (path === this.#path || text === undefined || model.getValue() === text) continue;
      this.#quietly(() => model.setValue(text));
    }
    this.#types.know(files);
  }

  /** Shows a file while it is written. */
  stream(file: WrittenFile): void {
    if (this.#path !== file.path) this.#followsEnd = true;
    this.show(file.path, file.shown.value, true);
    this.#isStreamed = true;
    this.#marks.begin(file.shown.value === "" ? 0 : this.#editor.getModel()?.getLineCount() ?? 0);
    this.#toEnd();
    const stopText = file.shown.subscribe((text) => this.#append(text));
    const stopWriting = file.writing.subscribe((writing) => !writing && this.#marks.clear());
    this.#stopStream = () => {
      stopText();
      stopWriting();
    };
  }

  /** Breaks long lines, or lets them go on to the right. */
  wrap(wraps: boolean): void {
    this.#editor.updateOptions({ wordWrap: wraps ? "on" : "off" });
  }

  /** Shows a line, and puts the cursor there. */
  reveal(line: number, column = 1): void {
    this.#followsEnd = false;
    this.#editor.setPosition({ lineNumber: line, column });
    this.#editor.revealLineInCenter(line);
    const mark = this.#editor.createDecorationsCollection([{
      range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
      options: { isWholeLine: true, className: "line-sought" },
    }]);
    this.#options.clock.after(2400, () => mark.clear());
  }

  focus(): void {
    this.#editor.focus();
  }

  /** Underlines what the checks found in the file that is shown. */
  mark(problems: readonly CheckProblem[]): void {
    this.#problems = problems;
    this.#markProblems();
  }

  /** Forgets the files, with their histories: another version is shown. */
  forget(): void {
    this.#stopStream?.();
    this.#stopStream = undefined;
    const shown = this.#editor.getModel();
    for (const [path, model] of this.#models) {
      if (model === shown) continue;
      model.dispose();
      this.#models.delete(path);
    }
    this.#views.clear();
  }

  dispose(): void {
    this.#stopStream?.();
    this.#stopTheme();
    this.#marks.clear();
    this.#types.dispose();
    this.#editor.dispose();
    for (const model of this.#models.values()) model.dispose();
  }

  #markProblems(): void {
    const { monaco } = this.#options.bundle;
    const model = this.#editor.getModel();
    if (!model) return;
    const shown = this.#problems.filter(({ message }) => !this.#hasTypes || !TYPE_ERROR.test(message));
    const markers = shown.map(({ line = 1, column = 1, message }) => {
      const startLineNumber = Math.min(line, model.getLineCount());
      const word = model.getWordAtPosition({ lineNumber: startLineNumber, column });
      return {
        severity: monaco.MarkerSeverity.Error,
        message,
        startLineNumber,
        startColumn: column,
        endLineNumber: startLineNumber,
        endColumn: word?.endColumn ?? model.getLineMaxColumn(startLineNumber),
      };
    });
    monaco.editor.setModelMarkers(model, OWNER, markers);
  }

  #isReadOnly(): boolean {
    return this.#editor.getRawOptions().readOnly ?? false;
  }

  #letTabLeave(leaves: boolean): void {
    this.#editor.updateOptions({ tabFocusMode: leaves });
  }

  #open(path: string, text: string): void {
    const model = this.#modelOf(path, text);
    this.#quietly(() => {
      if (model.getValue() !== text) model.setValue(text);
    });
    if (this.#path === path && this.#editor.getModel() === model) return;
    // A file that was being written was shown at its end, which is nowhere a person had gone.
    if (this.#path !== null && !this.#isStreamed) this.#views.set(this.#path, this.#editor.saveViewState());
    this.#isStreamed = false;
    this.#path = path;
    this.#editor.setModel(model);
    const view = this.#views.get(path);
    if (view) this.#editor.restoreViewState(view);
  }

  #modelOf(path: string, text: string): monaco.editor.ITextModel {
    const { monaco } = this.#options.bundle;
    const known = this.#models.get(path);
    if (known) return known;
    const uri = monaco.Uri.from({ scheme: "project", path: `/${path}` });
    const model = monaco.editor.createModel(text, languageOfPath(path), uri);
    this.#models.set(path, model);
    return model;
  }

  #append(text: string): void {
    const model = this.#editor.getModel();
    if (!model) return;
    const line = model.getLineCount();
    const column = model.getLineMaxColumn(line);
    const range = { startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: column };
    this.#quietly(() => model.applyEdits([{ range, text, forceMoveMarkers: true }]));
    this.#marks.wrote();
    this.#toEnd();
  }

  #toEnd(): void {
    if (!this.#followsEnd) return;
    this.#editor.setScrollTop(this.#editor.getScrollHeight());
  }

  #distanceToEnd(): number {
    const { height } = this.#editor.getLayoutInfo();
    return this.#editor.getScrollHeight() - this.#editor.getScrollTop() - height;
  }

  #quietly(work: () => void): void {
    this.#quiet = true;
    try {
      work();
    } finally {
      this.#quiet = false;
    }
  }
}
