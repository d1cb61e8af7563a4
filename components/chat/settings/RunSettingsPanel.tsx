import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { ModelPicker } from "./ModelPicker.tsx";
import { NumberSetting } from "./NumberSetting.tsx";
import { ReasoningSetting } from "./ReasoningSetting.tsx";
import { SliderSetting } from "./SliderSetting.tsx";
import { StopSetting } from "./StopSetting.tsx";
import { SystemPromptSetting } from "./SystemPromptSetting.tsx";
import { ToolSettings } from "./ToolSettings.tsx";

/** How the answers of this chat are made; what is not set here is left to the person's defaults and the model server. */
export function RunSettingsPanel() {
  const { layout, runSettings, settings, modelEntry, data, t } = usePage();
  const values = runSettings.values.value;
  const defaults = settings.values.value;
  const { model, nodeId, ...own } = values;
  const isChanged = Object.keys(own).length > 0;
  const canReason = modelEntry.value?.capabilities.includes("reasoning") ?? false;
  const reset = () => {
    const kept = { ...(model ? { model } : {}), ...(nodeId ? { nodeId } : {}) };
    runSettings.change({ ...Object.fromEntries(Object.keys(own).map((key) => [key, undefined])), ...kept });
  };
  return (
    <>
      <header class="panel__header">
        <h2 class="panel__title">{t("panel.title")}</h2>
        {isChanged && (
          <button type="button" class="button button--quiet button--small" onClick={reset}>
            <Icon name="rotate-ccw" />
            {t("panel.reset")}
          </button>
        )}
        <button
          type="button"
          class="icon-button panel__close"
          aria-label={t("close")}
          data-first-focus
          onClick={() => layout.close()}
        >
          <Icon name="x" />
        </button>
      </header>
      <div class="panel__body">
        <div class="field">
          <span class="field__label">{t("panel.model")}</span>
          <ModelPicker class="model-picker--field" />
        </div>
        <SystemPromptSetting />
        <SliderSetting
          name="temperature"
          label={t("panel.temperature")}
          hint={t("panel.temperatureHint")}
          min={0}
          max={2}
          step={0.05}
          fallback={defaults.temperature}
        />
        <SliderSetting
          name="topP"
          label={t("panel.topP")}
          hint={t("panel.topPHint")}
          min={0}
          max={1}
          step={0.01}
        />
        {canReason && <ReasoningSetting />}
        <NumberSetting
          name="maxTokens"
          label={t("panel.maxTokens")}
          placeholder={defaults.maxTokens > 0 ? String(defaults.maxTokens) : t("panel.byServer")}
          min={1}
          max={1_000_000}
        />
        <NumberSetting
          name="seed"
          label={t("panel.seed")}
          placeholder={t("panel.random")}
          min={0}
          max={2_147_483_647}
        />
        <StopSetting />
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={values.localOnly ?? defaults.localOnly}
            onChange={(event) => runSettings.change({ localOnly: event.currentTarget.checked })}
          />
          <span class="switch__text">
            {t("panel.localOnly")}
            <span class="field__hint">{t("panel.localOnlyHint")}</span>
          </span>
        </label>
        {data.features.tools && data.tools.length > 0 && <ToolSettings />}
      </div>
    </>
  );
}
