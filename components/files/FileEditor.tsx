import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { openEditor } from "../../lib/client/files/file_editor.ts";
import type { CodeEditor } from "../../lib/client/studio/editor/code_editor.ts";
import { fileNameOf } from "../../lib/shared/files/mod.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";

/** The file in the code editor, which is loaded now. Says when another program has changed the file meanwhile. */
export function FileEditor() {
  const model = useFolder();
  const { file, t } = model;
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | null>(null);
  const path = file.path.value ?? "";
  const text = file.draft.value ?? file.preview.value?.text ?? "";
  useEffect(() => {
    let ended = false;
    let made: CodeEditor | undefined;
    const opening = openEditor(() => host.current, {
      clock: browserClock,
      label: t("filesPage.edit.label", { name: fileNameOf(path) }),
      onEdit: (typed) => file.setDraft(typed),
      onSave: () => void model.save(),
    });
    opening.then((opened) => {
      if (ended) return opened?.dispose();
      made = opened;
      setEditor(opened ?? null);
    }, reportError);
    return () => {
      ended = true;
      made?.dispose();
    };
  }, []);
  // What is typed is in the draft at once, while this rendering may be of before.
  useLayoutEffect(() => {
    editor?.show(path, file.draft.peek() ?? file.preview.peek()?.text ?? "", false);
  }, [editor, path, text]);
  useEffect(() => editor?.focus(), [editor]);
  return (
    <>
      {file.changedOnDisk.value && (
        <div class="problem problem--warning" role="alert">
          <Icon name="triangle-alert" />
          <div>
            <p class="problem__message">{t("filesPage.edit.changed")}</p>
            <div class="file-panel__tools">
              <button type="button" class="button button--small" onClick={() => void file.loadAgain()}>
                {t("filesPage.edit.loadAgain")}
              </button>
              <button type="button" class="button button--small" onClick={() => void model.save(true)}>
                {t("filesPage.edit.overwrite")}
              </button>
            </div>
          </div>
        </div>
      )}
      <div class={editor ? "code-view code-view--ready file-editor" : "code-view file-editor"}>
        {!editor && <p class="file-shown__note muted" role="status">{t("filesPage.edit.loading")}</p>}
        <div ref={host} class="code-view__editor" />
      </div>
    </>
  );
}
