import { usePage } from "../context.ts";

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
      {data.tools.map((tool) => (
        <label key={tool.name} class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={chosen.includes(tool.name)}
            onChange={(event) => toggle(tool.name, event.currentTarget.checked)}
          />
          <span class="switch__text">
            {tool.title}
            <span class="field__hint">{tool.description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
