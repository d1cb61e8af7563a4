import type { ComponentChildren } from "preact";
import { queryOfFilter } from "../../lib/client/models/model_filter.ts";
import { formatBytes, formatWindow } from "../../lib/client/format.ts";
import type { InstalledModel, ModelHolder } from "../../lib/shared/mod.ts";
import { useModels } from "./context.ts";
import { HolderMarks } from "./HolderMarks.tsx";
import { capabilityWords, speedWords, usedWords } from "./model_words.ts";

/** The node to ask about a model: one that tells more of it. */
export function tellingNode({ holders }: InstalledModel): string | undefined {
  return holders.find(({ can, isOnline }) => can.includes("show") && isOnline)?.nodeId;
}

/** One model: its figures, where it is, and the way to its details. */
export function ModelRow({ model, index }: { model: InstalledModel; index: number }) {
  const { installed, open, canManage, now, report, t, language } = useModels();
  const { id, sizeBytes, parameters, quantization, contextLength, use } = model;
  const query = queryOfFilter(installed.filter.value);
  query.set("model", id);
  const untold = <span class="models-table__untold">{t("models.untold")}</span>;
  return (
    <tr
      role="row"
      aria-rowindex={index}
      data-row={id}
      class={open.id.value === id ? "models-table__open" : ""}
    >
      <th role="rowheader" scope="row">
        <a
          id={`model-${id}`}
          class="models-table__name"
          href={`/models?${query}`}
          onClick={(event) => {
            event.preventDefault();
            open.open(id, canManage ? tellingNode(model) : undefined).catch(report);
          }}
        >
          {id}
        </a>
        {quantization && <span class="badge">{quantization}</span>}
        {model.configId && <span class="badge badge--accent">{t("models.mark.configured")}</span>}
      </th>
      <Cell label={t("models.column.size")}>{sizeBytes ? formatBytes(sizeBytes, language) : untold}</Cell>
      <Cell label={t("models.column.parameters")}>{parameters ?? untold}</Cell>
      <Cell label={t("models.column.context")}>
        {contextLength ? formatWindow(contextLength, language) : untold}
      </Cell>
      <Cell label={t("models.column.can")}>
        <span class="models-table__badges">
          {capabilityWords(model.capabilities, t).map((word) => <span key={word} class="badge">{word}</span>)}
        </span>
      </Cell>
      <Cell label={t("models.column.nodes")}>
        <ul class="models-table__nodes">
          {model.holders.map((holder) => <Holder key={holder.nodeId} holder={holder} />)}
        </ul>
      </Cell>
      <Cell label={t("models.column.used")}>
        <span class={use ? "" : "models-table__untold"}>{usedWords(use, now, t, language)}</span>
      </Cell>
      <Cell label={t("models.column.speed")}>
        <span class={use?.tokensPerSecond ? "" : "models-table__untold"}>{speedWords(use, t, language)}</span>
      </Cell>
    </tr>
  );
}

/** On phones each figure stands beside its name. */
function Cell({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <td role="cell">
      <span class="models-table__label" aria-hidden="true">{label}</span>
      {children}
    </td>
  );
}

function Holder({ holder }: { holder: ModelHolder }) {
  const { t } = useModels();
  const { nodeName, loaded, isOnline } = holder;
  return (
    <li class={isOnline ? "" : "models-table__untold"}>
      {nodeName}
      {!isOnline && ` (${t("models.offline")})`}
      {isOnline && loaded && <span class="badge badge--healthy">{t("models.loaded")}</span>}
      <HolderMarks holder={holder} />
    </li>
  );
}
