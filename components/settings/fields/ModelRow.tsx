import { modelChoices } from "../../../lib/client/settings/model_choices.ts";
import type { SettingKey } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";
import { useFields } from "./context.ts";
import { rowIds, SettingRow } from "./SettingRow.tsx";

/** A model out of those that the nodes offer, or the best one found. */
export function ModelRow({ name }: { name: SettingKey }) {
  const { t } = useSettings();
  const { model, models, bestModel } = useFields();
  const { control, hint } = rowIds(name);
  const value = String(model.values.value[name]);
  const groups = modelChoices(models.value, t("settings.anyServer"));
  const best = models.value.find(({ id }) => id === bestModel)?.name ?? bestModel;
  const isThere = value === "" || groups.some((group) => group.models.some(({ id }) => id === value));
  return (
    <SettingRow name={name} kind="field">
      <select
        id={control}
        name={name}
        class="field__control"
        value={value}
        aria-describedby={hint}
        onChange={(event) => model.change({ [name]: event.currentTarget.value })}
      >
        <option value="" selected={value === ""}>
          {best ? t("settings.bestModel.now", { model: best }) : t("settings.bestModel")}
        </option>
        {!isThere && <option value={value} selected>{t("settings.model.gone", { model: value })}</option>}
        {groups.map((group) => (
          <optgroup key={group.name} label={group.name}>
            {group.models.map(({ id, name }) => (
              <option key={id} value={id} selected={id === value}>{name}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </SettingRow>
  );
}
