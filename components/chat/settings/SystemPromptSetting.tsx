import { useId } from "preact/hooks";
import { usePage } from "../context.ts";
import { ResetButton } from "./ResetButton.tsx";

/** Characters, as the server has it for the person's own default. */
const LONGEST = 8000;

/** What the model is told before everything else. */
export function SystemPromptSetting() {
  const { runSettings, settings, t } = usePage();
  const id = useId();
  const own = runSettings.values.value.systemPrompt;
  const fallback = settings.values.value.systemPrompt;
  return (
    <div class="field">
      <div class="field__label">
        <label for={id}>{t("panel.systemPrompt")}</label>
        {own !== undefined && (
          <ResetButton
            label={t("panel.systemPrompt")}
            onReset={() => runSettings.change({ systemPrompt: undefined })}
          />
        )}
      </div>
      <textarea
        id={id}
        class="field__control"
        rows={4}
        maxLength={LONGEST}
        placeholder={fallback || t("panel.systemPromptHint")}
        value={own ?? ""}
        onInput={({ currentTarget }) =>
          runSettings.change({ systemPrompt: currentTarget.value || undefined })}
      />
    </div>
  );
}
