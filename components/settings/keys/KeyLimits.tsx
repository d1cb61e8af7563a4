import { useEffect, useState } from "preact/hooks";
import type { KeysModel } from "../../../lib/client/settings/keys_model.ts";
import { limitDraft, limitsOfDraft } from "../../../lib/client/settings/limit_draft.ts";
import type { ApiKeyView } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { LimitFields } from "./LimitFields.tsx";

/** Changes the limits of a key. */
export function KeyLimits({ entry, model }: { entry: ApiKeyView; model: KeysModel }) {
  const { t, toasts } = useSettings();
  const { id, name } = entry;
  const [draft, setDraft] = useState(() => limitDraft(entry));
  const problem = model.limitsProblem.value;
  const isSaving = model.saving.value;
  const prefix = `limits-${id}`;
  useEffect(() => document.getElementById(`${prefix}-requests`)?.focus(), []);
  const close = () => {
    model.edit(null);
    document.getElementById(`${prefix}-open`)?.focus();
  };
  const save = async () => {
    if (!await model.saveLimits(limitsOfDraft(draft))) return;
    toasts.show({ kind: "success", message: t("keys.limits.saved", { name }) });
    document.getElementById(`${prefix}-open`)?.focus();
  };
  return (
    <form
      class="key__limits"
      method="post"
      action="/settings/keys"
      aria-label={t("keys.limits.of", { name })}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      {problem && <Notice kind="error">{problem.message}</Notice>}
      <input type="hidden" name="intent" value="limits" />
      <input type="hidden" name="id" value={id} />
      <LimitFields prefix={prefix} draft={draft} onInput={setDraft} />
      <div class="settings-form__buttons">
        <button type="submit" class="button button--primary" aria-disabled={ariaState(isSaving)}>
          {t(isSaving ? "keys.limits.saving" : "keys.limits.save")}
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
