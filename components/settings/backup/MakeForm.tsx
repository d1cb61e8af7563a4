import { useState } from "preact/hooks";
import type { BackupModel } from "../../../lib/client/settings/backup_model.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { FilesChoice } from "./FilesChoice.tsx";
import { FilesNotes } from "./FilesNotes.tsx";

/** Makes a backup, with what is to be known about its secrets. */
export function MakeForm({ model }: { model: BackupModel }) {
  const { t } = useSettings();
  const [password, setPassword] = useState("");
  const [withFiles, setWithFiles] = useState(false);
  const { keySource, encryptAll } = model.view.value;
  const isMaking = model.work.value?.type === "making";
  const outcome = model.outcome.value;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await model.create({ password, withFiles })) setPassword("");
  };
  return (
    <section aria-labelledby="backup-make">
      <h2 id="backup-make" class="settings-title">{t("backup.make")}</h2>
      <p class="muted settings-text">{t("backup.make.text")}</p>
      <form
        class="settings-card settings-card--padded settings-form"
        method="post"
        action="/settings/backup"
        onSubmit={submit}
      >
        <input type="hidden" name="intent" value="create" />
        <Notice kind="info">
          <p>{t(encryptAll ? `backup.make.encrypted.${keySource}` : `backup.make.${keySource}`)}</p>
        </Notice>
        <div class="field">
          <label class="field__label" for="backup-password">{t("backup.password")}</label>
          <input
            id="backup-password"
            class="field__control"
            type="password"
            name="password"
            autocomplete="new-password"
            maxLength={1000}
            value={password}
            aria-describedby="backup-password-hint"
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <p id="backup-password-hint" class="field__hint">{t("backup.password.hint")}</p>
        </div>
        <FilesChoice size={model.size.value} isChosen={withFiles} onChange={setWithFiles} />
        <div class="settings-form__buttons">
          <button
            type="submit"
            class="button button--primary"
            aria-disabled={ariaState(model.work.value !== null)}
          >
            <Icon name={isMaking ? "loader-circle" : "file-archive"} class={isMaking ? "spin" : ""} />
            {t(isMaking ? "backup.making" : "backup.submit")}
          </button>
        </div>
      </form>
      <div class="backup-outcome" aria-live="polite">
        {outcome?.type === "made" && (
          <Notice kind="success">
            <p>{t("backup.made")}</p>
            {outcome.files && <FilesNotes files={outcome.files} />}
          </Notice>
        )}
        {outcome?.type === "makeFailed" && (
          <Notice kind="error">
            {t("backup.failed", { message: outcome.problem.message })}
            {outcome.problem.hint && <p>{outcome.problem.hint}</p>}
          </Notice>
        )}
      </div>
    </section>
  );
}
