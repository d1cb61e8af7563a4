import { useId, useState } from "preact/hooks";
import { FreshetError } from "../../lib/shared/mod.ts";
import { filesHref } from "../../lib/client/files/addresses.ts";
import { Icon } from "../Icon.tsx";
import { useFiles } from "./context.ts";
import type { FilesPageData } from "./page_data.ts";

/** Adds a folder by its path; one that holds much is asked about once more. */
export function AddFolderForm({ add }: { add: FilesPageData["add"] }) {
  const { api, t, report } = useFiles();
  const id = useId();
  const [path, setPath] = useState(add.path);
  const [problem, setProblem] = useState(add.problem);
  const [isBusy, setBusy] = useState(false);
  const needsYes = problem?.field === "confirmed";
  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      const folder = await api.addFolder(path, needsYes);
      location.assign(filesHref({ folderId: folder.id }));
    } catch (error) {
      if (error instanceof FreshetError) setProblem(error.toBody());
      else report(error);
      setBusy(false);
    }
  };
  return (
    <form
      class="add-folder"
      method="post"
      action="/files"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <input type="hidden" name="intent" value="add" />
      {needsYes && <input type="hidden" name="confirmed" value="1" />}
      <div class="field">
        <label class="field__label" for={`${id}-path`}>{t("filesPage.add.path")}</label>
        <input
          id={`${id}-path`}
          class="field__control"
          name="path"
          value={path}
          required
          maxLength={4096}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={problem && !needsYes ? "true" : undefined}
          aria-describedby={`${id}-hint${problem ? ` ${id}-problem` : ""}`}
          onInput={(event) => {
            setPath(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <p id={`${id}-hint`} class="field__hint">{t("filesPage.add.hint")}</p>
        {problem && (
          <p id={`${id}-problem`} class="field__problem" role="alert">
            <Icon name="triangle-alert" />
            {problem.message}
          </p>
        )}
      </div>
      <button type="submit" class={needsYes ? "button" : "button button--primary"}>
        <Icon name="folder-plus" />
        {t(needsYes ? "filesPage.add.confirm" : "filesPage.add.submit")}
      </button>
    </form>
  );
}
