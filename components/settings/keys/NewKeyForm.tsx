import { useState } from "preact/hooks";
import { keyDraft, optionsOfDraft } from "../../../lib/client/settings/key_draft.ts";
import type { KeysModel } from "../../../lib/client/settings/keys_model.ts";
import type { TextKey } from "../../../lib/shared/texts/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { TextField } from "../TextField.tsx";
import { KeyOptionFields } from "./KeyOptionFields.tsx";
import { scopeText } from "./KeyRow.tsx";

/** What a program gets only when somebody means it. */
const GRAVE = new Set(["account", "admin", "files"]);

/** Makes a key. */
export function NewKeyForm({ model, scopes }: { model: KeysModel; scopes: readonly string[] }) {
  const { t } = useSettings();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(scopes.filter((scope) => !GRAVE.has(scope)));
  const [draft, setDraft] = useState(() => keyDraft());
  const [lacksScope, setLacksScope] = useState(false);
  const problem = model.problem.value;
  const isCreating = model.creating.value;
  const toggle = (scope: string, on: boolean) => {
    setChosen(scopes.filter((other) => other === scope ? on : chosen.includes(other)));
    setLacksScope(false);
  };
  const create = async () => {
    if (chosen.length === 0) return setLacksScope(true);
    if (!await model.create(name.trim(), [...chosen], optionsOfDraft(draft))) return;
    setName("");
    setDraft(keyDraft());
    document.getElementById("made-key")?.focus();
  };
  return (
    <form
      class="settings-form settings-card settings-card--padded"
      method="post"
      action="/settings/keys"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      {problem && <Notice kind="error">{problem.message}</Notice>}
      <input type="hidden" name="intent" value="create" />
      <TextField
        name="name"
        label={t("keys.name")}
        hint={t("keys.name.hint")}
        value={name}
        maxLength={100}
        required
        onInput={setName}
      />
      <fieldset class="field" aria-describedby={lacksScope ? "scopes-problem" : undefined}>
        <legend class="field__label">{t("keys.scopes")}</legend>
        <div class="scopes">
          {scopes.map((scope) => (
            <label key={scope} class="scope">
              <input
                type="checkbox"
                name="scope"
                value={scope}
                checked={chosen.includes(scope)}
                onChange={(event) => toggle(scope, event.currentTarget.checked)}
              />
              <span class="scope__text">
                {t(scopeText(scope))}
                <span class="field__hint">{t(`keys.scope.${scope}.hint` as TextKey)}</span>
              </span>
            </label>
          ))}
        </div>
        {lacksScope && (
          <p id="scopes-problem" class="field__problem" role="alert">
            <Icon name="circle-alert" />
            {t("keys.needsScope")}
          </p>
        )}
      </fieldset>
      <KeyOptionFields prefix="new-key" draft={draft} onInput={setDraft} />
      <div class="settings-form__buttons">
        <button type="submit" class="button button--primary" aria-disabled={ariaState(isCreating)}>
          <Icon name="key-round" />
          {t(isCreating ? "keys.creating" : "keys.create")}
        </button>
      </div>
    </form>
  );
}
