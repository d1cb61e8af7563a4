import type { AskModel } from "../../lib/client/projects/ask_model.ts";
import { modelChoices } from "../../lib/client/settings/model_choices.ts";
import { useProjects } from "../projects/context.ts";

/** The model that builds: a plain list, which works without scripts too. */
export function ModelChoice({ model }: { model: AskModel }) {
  const { t } = useProjects();
  const entries = model.models.value;
  const groups = modelChoices(entries, t("ask.model.anyNode"));
  const seeing = new Set(
    entries.filter((entry) => entry.capabilities.includes("vision")).map(({ id }) => id),
  );
  const labelOf = ({ id, name }: { id: string; name: string }) =>
    seeing.has(id) ? t("ask.model.sees", { model: name }) : name;
  const value = model.model.value;
  const best = entries.find(({ id }) => id === model.bestModel.value);
  return (
    <div class="ask-choice">
      <label class="ask-choice__label" for="model">{t("ask.model")}</label>
      <select
        id="model"
        name="model"
        class="field__control"
        value={value}
        onChange={(event) => void (model.model.value = event.currentTarget.value)}
      >
        <option value="" selected={value === ""}>
          {best ? t("ask.model.bestNow", { model: labelOf(best) }) : t("ask.model.best")}
        </option>
        {groups.map((group) => (
          <optgroup key={group.name} label={group.name}>
            {group.models.map((entry) => (
              <option key={entry.id} value={entry.id} selected={entry.id === value}>{labelOf(entry)}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
