import { ASK_KINDS } from "../../lib/client/projects/ask_draft.ts";
import type { AskModel } from "../../lib/client/projects/ask_model.ts";
import { useProjects } from "../projects/context.ts";

/** What the project is for. */
export function KindChoice({ model }: { model: AskModel }) {
  const { t } = useProjects();
  const chosen = model.kind.value;
  return (
    <fieldset class="ask-choice" aria-describedby="kind-hint">
      <legend class="ask-choice__label">{t("ask.kind")}</legend>
      <div class="segmented">
        {ASK_KINDS.map((kind) => (
          <label key={kind} class="segmented__option">
            <input
              type="radio"
              class="visually-hidden"
              name="kind"
              value={kind}
              checked={kind === chosen}
              onChange={() => void (model.kind.value = kind)}
            />
            {t(`ask.kind.${kind}`)}
          </label>
        ))}
      </div>
      <p id="kind-hint" class="field__hint needs-script">{t(`ask.kind.${chosen}.hint`)}</p>
    </fieldset>
  );
}
