import { MODEL_PARAMETERS } from "../../../lib/shared/model_configs/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { Notice } from "../../settings/Notice.tsx";
import { useConfig } from "./context.ts";
import { NodeChoice } from "./NodeChoice.tsx";
import { ParameterField } from "./ParameterField.tsx";
import { TextPart } from "./TextPart.tsx";

/** The form of the next version. */
export function ConfigFields() {
  const { form, model, t } = useConfig();
  const isBusy = form.isBusy.value;
  const isChanged = form.isChanged.value;
  const isNew = isChanged || model.config.value === null;
  return (
    <form
      class="model-config__form"
      aria-labelledby="nodes-title"
      onSubmit={(event) => {
        event.preventDefault();
        const element = event.currentTarget;
        void form.save().then((isSaved) => {
          if (!isSaved) element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
        });
      }}
    >
      <noscript>
        <p class="muted">{t("modelConfig.noScript")}</p>
      </noscript>
      <Make />
      <section class="config-card" aria-labelledby="config-parameters">
        <h2 id="config-parameters">{t("modelConfig.parameters")}</h2>
        <p class="muted">{t("modelConfig.parametersHint")}</p>
        <div class="config-card__grid">
          {MODEL_PARAMETERS.map((spec) => <ParameterField key={spec.name} spec={spec} />)}
        </div>
      </section>
      <section class="config-card" aria-labelledby="config-texts">
        <h2 id="config-texts">{t("modelConfig.texts")}</h2>
        <TextPart field="system" />
        <TextPart field="template" />
      </section>
      {form.newer.value !== null && (
        <Notice kind="info">{t("modelConfig.newer", { number: form.newer.value })}</Notice>
      )}
      <div class="config-save">
        <label class="field config-save__note">
          <span class="field__label">{t("modelConfig.note")}</span>
          <input
            type="text"
            class="field__control"
            maxLength={500}
            autocomplete="off"
            value={form.note.value}
            onInput={(event) => form.note.value = event.currentTarget.value}
          />
        </label>
        <button type="submit" class="button button--primary" aria-disabled={ariaState(isBusy)}>
          <Icon name={isBusy ? "loader-circle" : "save"} class={isBusy ? "spin" : ""} />
          {t(isNew ? "modelConfig.save" : "modelConfig.saveAgain")}
        </button>
        {isChanged && (
          <button type="button" class="button button--quiet" onClick={() => void form.discard()}>
            {t("modelConfig.discard")}
          </button>
        )}
      </div>
    </form>
  );
}

/** What is made of what, and where. */
function Make() {
  const { form, model, nodes, report, t } = useConfig();
  const { base } = form.values.value;
  const here = nodes.find(({ nodeId }) => nodeId === model.at.nodeId)?.models ?? [];
  const bases = here.includes(base) ? here : [base, ...here];
  return (
    <section class="config-card" aria-labelledby="config-make">
      <h2 id="config-make">{t("modelConfig.make")}</h2>
      <div class="config-card__grid">
        <label class="field">
          <span class="field__label">{t("modelConfig.name")}</span>
          <input
            type="text"
            class="field__control"
            maxLength={300}
            required
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-describedby="config-name-hint"
            value={form.name.value}
            onInput={(event) => form.name.value = event.currentTarget.value}
          />
          <span id="config-name-hint" class="field__hint">{t("modelConfig.nameHint")}</span>
        </label>
        <label class="field">
          <span class="field__label">{t("modelConfig.base")}</span>
          <select
            class="field__control"
            aria-describedby="config-base-hint"
            value={base}
            onChange={(event) => void form.setBase(event.currentTarget.value).catch(report)}
          >
            {bases.map((name) => <option key={name} value={name} selected={name === base}>{name}</option>)}
          </select>
          <span id="config-base-hint" class="field__hint">{t("modelConfig.baseHint")}</span>
        </label>
      </div>
      <NodeChoice />
    </section>
  );
}
