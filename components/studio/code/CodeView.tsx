import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { untracked } from "@preact/signals";
import { CodeEditor } from "../../../lib/client/studio/editor/code_editor.ts";
import type { CodeModel } from "../../../lib/client/studio/code_model.ts";
import { loadEditor } from "../../../lib/client/studio/editor/load_editor.ts";
import { useProject } from "../context.ts";
import { PlainCode } from "./PlainCode.tsx";

const CODE = /\.[cm]?[jt]sx?$/;

/** The open file: as plain text at once, in the editor as soon as that is loaded. */
export function CodeView({ path }: { path: string }) {
  const model = useProject();
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  useEffect(() => {
    let ended = false;
    let made: CodeEditor | undefined;
    loadEditor().then((bundle) => {
      if (ended || !host.current) return;
      made = new CodeEditor({
        bundle,
        host: host.current,
        clock: model.clock,
        label: model.t("studio.editorLabel"),
        wraps: model.settings.peek().wrapCode,
        readOnlyMessage: model.t("studio.readOnly"),
        onEdit: (edited, text) => model.code.edit(edited, text),
        onSave: () => model.actions.save(),
      });
      setEditor(made);
    }, reportError);
    return () => {
      ended = true;
      made?.dispose();
    };
  }, [model]);
  return (
    <div class={editor ? "code-view code-view--ready" : "code-view"}>
      {!editor && <PlainCode path={path} />}
      <div ref={host} class="code-view__editor" />
      {editor && <EditorContent editor={editor} path={path} />}
    </div>
  );
}

/** Keeps the editor at the file that is open: its text or its writing, its problems, the line that is sought. */
function EditorContent({ editor, path }: { editor: CodeEditor; path: string }) {
  const { code, selected, selectedLive, settings } = useProject();
  const wraps = settings.value.wrapCode;
  useEffect(() => editor.wrap(wraps), [editor, wraps]);
  const file = selectedLive.value?.written(path);
  // A file begins anew where the model writes it again, so the list of files is looked at too.
  void selectedLive.value?.files.value;
  const isWriting = file !== undefined && file.begun.value && file.writing.value;
  const text = isWriting ? "" : code.textOf(path);
  const canEdit = code.canEdit.value;
  const versionId = selected.value?.id;
  const problems = code.problems.value.get(path);
  const place = code.place.value;
  const known = canEdit ? codeTexts(code) : undefined;
  // Before the next frame: an effect after it would show the version two frames later.
  useLayoutEffect(() => editor.forget(), [editor, versionId]);
  useLayoutEffect(() => {
    if (isWriting) editor.stream(file);
    else {
      // What is typed is in the model at once, while this comes later: the text of now is never older than the editor's.
      const now = untracked(() => code.textOf(path));
      editor.show(path, now ?? "", !canEdit || now === undefined);
    }
  }, [editor, path, file, isWriting, text, canEdit]);
  useEffect(() => {
    if (known) editor.know(known);
  });
  useEffect(() => editor.mark(problems ?? []), [editor, path, problems, text]);
  useEffect(() => {
    if (place?.path === path && place.line !== undefined) editor.reveal(place.line, place.column);
  }, [editor, path, place, text === undefined]);
  return null;
}

/** The texts of the files that the language service reads. */
function codeTexts(code: CodeModel): ReadonlyMap<string, string> {
  const texts = code.files.value.filter(({ path }) => CODE.test(path)).map(({ path }) =>
    [path, code.textOf(path)] as const
  );
  return new Map(texts.filter((each): each is readonly [string, string] => each[1] !== undefined));
}
