import { ariaState } from "../../aria.ts";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatBytes, formatWindow } from "../../../lib/client/format.ts";
import { groupModels, type ModelGroup } from "../../../lib/client/model_catalogue.ts";
import type { Capability, ModelEntry } from "../../../lib/shared/mod.ts";
import { Icon, type IconName } from "../../Icon.tsx";
import { usePage } from "../context.ts";

interface Option {
  group: ModelGroup;
  entry: ModelEntry;
}

/** The models by node, with a search; arrow keys and Enter choose. */
export function ModelList({ onPlace, onDone }: { onPlace: () => void; onDone: () => void }) {
  const { models, runSettings, modelId, data, t } = usePage();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const groups = useMemo(
    () => groupModels(models.entries.value, query, t("modelPicker.anyNode")),
    [models.entries.value, query],
  );
  const options: Option[] = groups.flatMap((group) => group.models.map((entry) => ({ group, entry })));
  useLayoutEffect(onPlace, []);
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(id)}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const choose = ({ group, entry }: Option) => {
    const nodeId = entry.nodes.length > 1 ? group.nodeId ?? undefined : undefined;
    runSettings.change({ model: entry.id, nodeId });
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const option = options[active];
    if (step !== 0) setActive((active + step + options.length) % Math.max(options.length, 1));
    else if (event.key === "Enter" && option) choose(option);
    else return;
    event.preventDefault();
  };
  const isChosen = ({ group, entry }: Option) =>
    entry.id === modelId.value &&
    (entry.nodes.length === 1 || (runSettings.values.value.nodeId ?? null) === group.nodeId);
  let index = -1;
  return (
    <>
      <div class="model-search">
        <Icon name="search" />
        <input
          ref={(field) => field?.focus()}
          type="text"
          role="combobox"
          autocomplete="off"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
          aria-label={t("modelPicker.search")}
          placeholder={t("modelPicker.search")}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        ref={list}
        id={id}
        class="model-list"
        role="listbox"
        aria-label={t("modelPicker.title")}
        hidden={options.length === 0}
      >
        {groups.map((group) => (
          <div key={group.nodeId ?? ""} role="group" aria-label={group.name}>
            <p class="model-list__node" aria-hidden="true">
              <Icon name={group.nodeId === null ? "zap" : group.local ? "house" : "globe"} />
              {group.name}
            </p>
            {group.models.map((entry) => {
              const option = { group, entry };
              const at = ++index;
              return (
                <div
                  key={entry.id}
                  id={`${id}-${at}`}
                  class={at === active ? "model-option model-option--active" : "model-option"}
                  role="option"
                  aria-selected={ariaState(isChosen(option))}
                  onClick={() => choose(option)}
                  onMouseMove={() => at !== active && setActive(at)}
                >
                  <ModelSummary entry={entry} />
                  {isChosen(option) && <Icon name="check" />}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {options.length === 0 && <p class="sidebar__empty" role="status">{t("modelPicker.notFound")}</p>}
      {data.canConnect && (
        <div class="model-popover__foot">
          <a href="/settings/nodes">{t("modelPicker.connect")}</a>
        </div>
      )}
    </>
  );
}

const CAPABILITY_ICONS: Partial<Record<Capability, IconName>> = {
  vision: "eye",
  tools: "wrench",
  reasoning: "brain",
};

function ModelSummary({ entry }: { entry: ModelEntry }) {
  const { data, t } = usePage();
  const facts = [
    entry.parameters,
    entry.quantization,
    entry.contextLength &&
    t("modelPicker.context", { length: formatWindow(entry.contextLength, data.language) }),
    entry.sizeBytes && formatBytes(entry.sizeBytes, data.language),
  ].filter(Boolean);
  return (
    <span class="model-option__text">
      <span class="model-option__name">
        <span class="truncate">{entry.name}</span>
        {entry.loaded && <span class="light light--healthy" title={t("modelPicker.loaded")} />}
        {entry.capabilities.map((capability) => {
          const icon = CAPABILITY_ICONS[capability];
          const label = t(`capability.${capability}`);
          return icon && (
            <span key={capability} class="model-option__capability" title={label}>
              <Icon name={icon} />
              <span class="visually-hidden">{label}</span>
            </span>
          );
        })}
      </span>
      {facts.length > 0 && <span class="model-option__facts">{facts.join(" · ")}</span>}
    </span>
  );
}
