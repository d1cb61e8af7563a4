import { modelsOf } from "../../lib/client/nodes/alias_list.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { TextField } from "../settings/TextField.tsx";
import { useNodes } from "./context.ts";

/** Names a chain of models, or changes one of that name. */
export function AliasForm() {
  const { aliases, toasts, t } = useNodes();
  const draft = aliases.draft.value;
  const problem = aliases.problem.value;
  const save = async () => {
    const name = draft.name.trim();
    if (!await aliases.save()) return;
    toasts.show({ kind: "success", message: t("nodesPage.aliases.saved", { name }) });
  };
  const isAboutName = problem?.field === "name";
  return (
    <form
      class="alias-form"
      method="post"
      action="/nodes"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <input type="hidden" name="intent" value="alias" />
      <TextField
        name="name"
        id="field-alias"
        label={t("nodesPage.aliases.name")}
        value={draft.name}
        maxLength={100}
        required
        problem={isAboutName ? problem.message : undefined}
        onInput={(name) => aliases.change({ name })}
      />
      <div class="field">
        <label class="field__label" for="field-chain">{t("nodesPage.aliases.models")}</label>
        <textarea
          id="field-chain"
          name="models"
          class="field__control alias-form__chain"
          rows={3}
          required
          spellcheck={false}
          {...{ value: draft.models }}
          aria-invalid={ariaState(problem !== null && !isAboutName)}
          aria-describedby="field-chain-hint"
          onInput={(event) => aliases.change({ models: event.currentTarget.value })}
        />
        {problem && !isAboutName && (
          <p class="field__problem" role="alert">
            <Icon name="circle-alert" />
            {problem.message}
          </p>
        )}
        <p id="field-chain-hint" class="field__hint">{t("nodesPage.aliases.modelsHint")}</p>
      </div>
      <div class="alias-form__buttons">
        <AddModel />
        <button
          type="submit"
          class="button button--primary"
          aria-disabled={ariaState(aliases.saving.value)}
        >
          {t("nodesPage.aliases.save")}
        </button>
      </div>
    </form>
  );
}

function AddModel() {
  const { aliases, board, t } = useNodes();
  const chosen = modelsOf(aliases.draft.value);
  const modelIds = new Set(board.nodes.value.flatMap((node) => node.facts.value.models.map(({ id }) => id)));
  return (
    <select
      class="field__control needs-script"
      aria-label={t("nodesPage.aliases.add")}
      value=""
      onChange={(event) => {
        aliases.addModel(event.currentTarget.value);
        event.currentTarget.value = "";
      }}
    >
      <option value="">{t("nodesPage.aliases.add")}</option>
      {[...modelIds].filter((id) => !chosen.includes(id)).sort()
        .map((id) => <option key={id} value={id}>{id}</option>)}
    </select>
  );
}
