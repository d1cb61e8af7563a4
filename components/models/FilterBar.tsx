import { type ModelFilter, NO_FILTER, SORT_KEYS } from "../../lib/client/models/model_filter.ts";
import { useModels } from "./context.ts";
import { SearchField } from "./SearchField.tsx";

const CAPABILITIES = ["chat", "vision", "tools", "reasoning", "embedding"] as const;

/** Which models are shown; without a script it is a form that asks for the page anew. */
export function FilterBar() {
  const { installed, t } = useModels();
  const filter = installed.filter.value;
  const set = (changes: Partial<ModelFilter>) => installed.setFilter(changes);
  const nodes = new Map(
    installed.models.value.flatMap(({ holders }) =>
      holders.map(({ nodeId, nodeName }) => [nodeId, nodeName])
    ),
  );
  return (
    <form
      class="models-filter"
      role="search"
      method="get"
      action="/models"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchField
        name="q"
        label={t("models.search")}
        value={filter.query}
        onInput={(query) => set({ query })}
      />
      <Choice
        name="node"
        label={t("models.filter.node")}
        value={filter.nodeId}
        options={[["", t("models.filter.all")], ...nodes]}
        onChange={(nodeId) => set({ nodeId })}
      />
      <Choice
        name="can"
        label={t("models.filter.capability")}
        value={filter.capability}
        options={[
          ["", t("models.filter.all")],
          ...CAPABILITIES.map((name): [string, string] => [name, t(`models.capability.${name}`)]),
        ]}
        onChange={(capability) => set({ capability })}
      />
      <Choice
        name="sort"
        label={t("models.sort")}
        value={filter.sort}
        options={SORT_KEYS.map((key) => [key, t(`models.column.${key}`)])}
        onChange={(value) => set({ sort: SORT_KEYS.find((key) => key === value) ?? NO_FILTER.sort })}
      />
      <Choice
        name="order"
        label={t("models.order")}
        value={filter.isDescending ? "desc" : ""}
        options={[["", t("models.sort.ascending")], ["desc", t("models.sort.descending")]]}
        onChange={(value) => set({ isDescending: value === "desc" })}
      />
      <label class="models-filter__loaded">
        <input
          type="checkbox"
          name="loaded"
          value="1"
          checked={filter.isLoaded}
          onChange={(event) => set({ isLoaded: event.currentTarget.checked })}
        />
        {t("models.filter.loaded")}
      </label>
      <noscript>
        <button type="submit" class="button">{t("models.apply")}</button>
      </noscript>
    </form>
  );
}

function Choice({ name, label, value, options, onChange }: {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  return (
    <label class="models-filter__choice">
      <span>{label}</span>
      <select
        name={name}
        class="field__control"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map(([id, text]) => <option key={id} value={id} selected={id === value}>{text}</option>)}
      </select>
    </label>
  );
}
