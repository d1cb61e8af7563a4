import { useEffect, useState } from "preact/hooks";
import { keyDraft, optionsOfDraft } from "../../../lib/client/settings/key_draft.ts";
import type { KeysModel } from "../../../lib/client/settings/keys_model.ts";
import type { ApiKeyView } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { KeyOptionFields } from "./KeyOptionFields.tsx";

/** Changes what was chosen for a key. */
export function KeyEditor({ entry, model }: { entry: ApiKeyView; model: KeysModel }) {
  const { t, toasts } = useSettings();
  const { id, name } = entry;
  const [draft, setDraft] = useState(() => keyDraft(entry));
  const problem = model.editProblem.value;
  const isSaving = model.saving.value;
  const prefix = `key-${id}`;
  useEffect(() => document.getElementById(`${prefix}-requests`)?.focus(), []);
  const close = () => {
    model.edit(null);
    document.getElementById(`${prefix}-open`)?.focus();
  };
  const save = async () => {
    if (!await model.save(optionsOfDraft(draft, entry))) return;
    toasts.show({ kind: "success", message: t("keys.edit.saved", { name }) });
    document.getElementById(`${prefix}-open`)?.focus();
  };
  return (
    <form
      class="key__editor"
      method="post"
      action="/settings/keys"
      aria-label={t("keys.edit.one", { name })}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      {problem && <Notice kind="error">{problem.message}</Notice>}
      <input type="hidden" name="intent" value="update" />
      <input type="hidden" name="id" value={id} />
      <KeyOptionFields prefix={prefix} draft={draft} onInput={setDraft} />
      <div class="settings-form__buttons">
        <button type="submit" class="button button--primary" aria-disabled={ariaState(isSaving)}>
          {t(isSaving ? "keys.edit.saving" : "keys.edit.save")}
        </button>
        <a
          class="button"
          href="/settings/keys"
          onClick={(event) => {
            event.preventDefault();
            close();
          }}
        >
          {t("cancel")}
        </a>
      </div>
    </form>
  );
}
