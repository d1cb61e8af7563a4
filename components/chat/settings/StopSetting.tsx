import { useId } from "preact/hooks";
import { usePage } from "../context.ts";

/** What ends an answer, one text a line. */
export function StopSetting() {
  const { runSettings, t } = usePage();
  const id = useId();
  const stop = runSettings.values.value.stop ?? [];
  const onChange = (text: string) => {
    const lines = text.split("\n").filter((line) => line !== "");
    runSettings.change({ stop: lines.length > 0 ? lines : undefined });
  };
  return (
    <div class="field">
      <label class="field__label" for={id}>{t("panel.stop")}</label>
      <textarea
        id={id}
        class="field__control field__control--short"
        rows={2}
        spellcheck={false}
        value={stop.join("\n")}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} class="field__hint">{t("panel.stopHint")}</p>
    </div>
  );
}
