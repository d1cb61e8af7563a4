import { formatNumber } from "../../../lib/client/format.ts";
import type { MODEL_PARAMETERS } from "../../../lib/shared/model_configs/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { valueWords } from "./config_words.ts";
import { useConfig } from "./context.ts";

/** A parameter: empty is as the base has it, which the field shows in its place. */
export function ParameterField({ spec }: { spec: (typeof MODEL_PARAMETERS)[number] }) {
  const { form, t, language } = useConfig();
  const { name, type, min, max } = spec;
  const id = `config-${name}`;
  const inherited = valueWords(form.inherited.value.parameters[name], "", language);
  const placeholder = inherited
    ? t("modelConfig.asBaseValue", { value: inherited })
    : t("modelConfig.asBase");
  const problem = form.problemOf(name);
  const range = { min: formatNumber(min, language, 2), max: formatNumber(max, language, 2) };
  const shared = {
    id,
    class: "field__control",
    placeholder,
    value: form.values.value.parameters[name],
    autocomplete: "off" as const,
    spellcheck: false,
    "aria-invalid": ariaState(problem !== undefined),
    "aria-describedby": `${id}-hint${problem ? ` ${id}-problem` : ""}`,
  };
  const set = (event: Event & { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
    form.setParameter(name, event.currentTarget.value);
  return (
    <div class="field">
      <div class="field__label">
        <label for={id}>{t(`modelConfig.param.${name}`)}</label>
        {type !== "list" && <span class="field__value">{t("modelConfig.range", range)}</span>}
      </div>
      {type === "list"
        ? <textarea {...shared} rows={3} onInput={set} />
        : <input {...shared} type="text" inputMode="decimal" onInput={set} />}
      {problem && (
        <p id={`${id}-problem`} class="field__problem" role="alert">
          <Icon name="circle-alert" />
          {t(`modelConfig.problem.${problem.type}`, range)}
        </p>
      )}
      <p id={`${id}-hint`} class="field__hint">{t(`modelConfig.param.${name}.hint`)}</p>
    </div>
  );
}
