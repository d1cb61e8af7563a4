import { useConfig } from "./context.ts";

const ROWS = { system: 6, template: 8 };

/** The system prompt or the template, with what the base has folded below. */
export function TextPart({ field }: { field: "system" | "template" }) {
  const { form, t } = useConfig();
  const id = `config-${field}`;
  const inherited = form.inherited.value[field];
  return (
    <div class="field">
      <label class="field__label" for={id}>{t(`modelConfig.${field}`)}</label>
      <textarea
        id={id}
        class={field === "template" ? "field__control config-code" : "field__control"}
        rows={ROWS[field]}
        maxLength={100_000}
        spellcheck={field === "system"}
        placeholder={t("modelConfig.asBase")}
        aria-describedby={`${id}-hint`}
        value={form.values.value[field]}
        onInput={(event) => form.setText(field, event.currentTarget.value)}
      />
      <p id={`${id}-hint`} class="field__hint">{t(`modelConfig.${field}Hint`)}</p>
      {inherited !== "" && (
        <details class="model-details__part">
          <summary>{t("modelConfig.showBase")}: {t(`modelConfig.${field}`)}</summary>
          <pre tabIndex={0}><code>{inherited}</code></pre>
          <button type="button" class="button button--small" onClick={() => form.setText(field, inherited)}>
            {t("modelConfig.useBase")}
          </button>
        </details>
      )}
    </div>
  );
}
