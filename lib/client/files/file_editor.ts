import type { Clock } from "../clock.ts";
import type { CodeEditor } from "../studio/editor/code_editor.ts";
import { loadEditor } from "../studio/editor/load_editor.ts";

/** What `openEditor` needs. */
export interface FileEditorOptions {
  clock: Clock;
  label: string;
  onEdit(text: string): void;
  onSave(): void;
}

/** A single file says nothing about what its imports lead to, so that its types are not judged. */
const NO_TYPES = { know: () => Promise.resolve(), problemsOf: () => Promise.resolve([]) };

/** The code editor in an element, loaded when it is first wanted; undefined where the element has gone meanwhile. */
export async function openEditor(
  host: () => HTMLElement | null,
  { clock, label, onEdit, onSave }: FileEditorOptions,
): Promise<CodeEditor | undefined> {
  const [bundle, { CodeEditor }] = await Promise.all([
    loadEditor(),
    import("../studio/editor/code_editor.ts"),
  ]);
  const element = host();
  if (!element) return undefined;
  return new CodeEditor({
    bundle: { ...bundle, startTypeService: () => Promise.resolve(NO_TYPES) },
    host: element,
    clock,
    label,
    wraps: false,
    readOnlyMessage: "",
    onEdit: (_path, text) => onEdit(text),
    onSave,
  });
}
