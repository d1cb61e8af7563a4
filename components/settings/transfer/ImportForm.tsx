import { useRef } from "preact/hooks";
import type { TransferModel } from "../../../lib/client/settings/transfer_model.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";

/** Chooses a file and sends it: with scripts in the background, without them as a form. */
export function ImportForm({ model }: { model: TransferModel }) {
  const { t, toasts } = useSettings();
  const field = useRef<HTMLInputElement>(null);
  const state = model.state.value;
  const isRunning = state.type === "running";
  const submit = (event: Event) => {
    event.preventDefault();
    const file = field.current?.files?.[0];
    if (file) void model.import(file);
    else toasts.show({ kind: "info", message: t("transfer.import.choose") });
  };
  return (
    <form
      class="settings-card settings-card--padded settings-form"
      method="post"
      action="/settings/transfer"
      encType="multipart/form-data"
      onSubmit={submit}
    >
      <div class="field">
        <label class="field__label" for="import-file">{t("transfer.import.file")}</label>
        <input
          ref={field}
          id="import-file"
          class="import-file"
          type="file"
          name="file"
          accept=".json,.zip,application/json,application/zip"
          aria-describedby="import-hint"
          required
        />
        <p id="import-hint" class="field__hint">{t("transfer.import.hint")}</p>
      </div>
      {state.type === "running" && <Progress name={state.name} part={state.part} />}
      <div class="settings-form__buttons">
        <button type="submit" class="button button--primary" aria-disabled={ariaState(isRunning)}>
          <Icon name={isRunning ? "loader-circle" : "upload"} class={isRunning ? "spin" : ""} />
          {t("transfer.import.submit")}
        </button>
        {isRunning && (
          <button type="button" class="button button--quiet" onClick={() => model.cancel()}>
            {t("transfer.import.cancel")}
          </button>
        )}
      </div>
    </form>
  );
}

function Progress({ name, part }: { name: string; part: number }) {
  const { t } = useSettings();
  const percent = Math.floor(part * 100);
  return (
    <div class="import-progress">
      <span id="import-progress">{t("transfer.import.running", { name })}</span>
      <progress aria-labelledby="import-progress" max={100} value={percent} />
      <span class="muted">
        {part < 1 ? t("transfer.import.sent", { percent }) : t("transfer.import.reading")}
      </span>
    </div>
  );
}
