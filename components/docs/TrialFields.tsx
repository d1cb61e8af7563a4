import type { ApiTrial, TrialValues } from "../../lib/client/docs/trial_request.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** What an operation takes, to be filled in. */
export function TrialFields({ id, trial: { parameters, body, upload }, values, onChange, t }: {
  id: string;
  trial: ApiTrial;
  values: TrialValues;
  onChange: (change: (before: TrialValues) => TrialValues) => void;
  t: Translate;
}) {
  return (
    <>
      {parameters.map(({ name, place, isRequired, example }) => (
        <div key={`${place} ${name}`} class="field">
          <label class="field__label" for={`${id}-${place}-${name}`}>
            <code>{name}</code> <span class="muted">{t(`docs.parameter.${place}`)}</span>
            {isRequired && <span class="schema__required">{t("docs.required")}</span>}
          </label>
          <input
            id={`${id}-${place}-${name}`}
            class="field__control"
            autocomplete="off"
            spellcheck={false}
            placeholder={example}
            value={values.parameters[name] ?? ""}
            onInput={({ currentTarget }) => {
              const { value } = currentTarget;
              onChange((before) => ({ ...before, parameters: { ...before.parameters, [name]: value } }));
            }}
          />
        </div>
      ))}
      {body !== null && (
        <div class="field">
          <label class="field__label" for={`${id}-body`}>{t("docs.body")} (JSON)</label>
          <textarea
            id={`${id}-body`}
            class="field__control trial__body"
            rows={Math.min(14, values.body.split("\n").length + 1)}
            spellcheck={false}
            value={values.body}
            onInput={({ currentTarget }) => {
              const { value } = currentTarget;
              onChange((before) => ({ ...before, body: value }));
            }}
          />
        </div>
      )}
      {upload !== null && (
        <div class="field">
          <label class="field__label" for={`${id}-file`}>{t("docs.try.file")}</label>
          <input
            id={`${id}-file`}
            class="field__control"
            type="file"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0] ?? null;
              onChange((before) => ({ ...before, file }));
            }}
          />
        </div>
      )}
    </>
  );
}
