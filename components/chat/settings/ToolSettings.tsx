import { usePage } from "../context.ts";
import { toolWords } from "../tool_words.ts";

/** Which tools the model may call. */
export function ToolSettings() {
  const { runSettings, modelEntry, data, t } = usePage();
  const chosen = runSettings.values.value.tools ?? [];
  const cannotCall = modelEntry.value && !modelEntry.value.capabilities.includes("tools");
  const toggle = (name: string, on: boolean) => {
    const names = on ? [...chosen, name] : chosen.filter((other) => other !== name);
    runSettings.change({ tools: names.length > 0 ? names : undefined });
  };
  return (
    <fieldset class="field">
      <legend class="field__label">{t("panel.tools")}</legend>
      {cannotCall && <p class="field__hint">{t("panel.noTools")}</p>}
      {data.tools.map((tool) => ({ name: tool.name, ...toolWords(tool, t) })).map(({ name, title, hint }) => (
        <label key={name} class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={chosen.includes(name)}
            onChange={(event) => toggle(name, event.currentTarget.checked)}
          />
          <span class="switch__text">
            {title}
            <span class="field__hint">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
