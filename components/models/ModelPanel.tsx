import { formatBytes, formatCount, formatWindow } from "../../lib/client/format.ts";
import type { InstalledModel } from "../../lib/shared/mod.ts";
import { DetailsPanel } from "../DetailsPanel.tsx";
import { useModels } from "./context.ts";
import { HolderCard } from "./HolderCard.tsx";
import { capabilityWords, speedWords, usedWords } from "./model_words.ts";
import { ModelViews } from "./ModelViews.tsx";
import { ServerDetails } from "./ServerDetails.tsx";

/** The details of a model: its figures, what can be done with it on each node, and what its server tells. */
export function ModelPanel({ model }: { model: InstalledModel }) {
  const { open, t } = useModels();
  const { id, holders } = model;
  return (
    <DetailsPanel
      id="model-panel-title"
      title={id}
      closeLabel={t("models.close")}
      closeHref="/models"
      opener={`model-${id}`}
      onClose={() => open.close()}
    >
      <ModelViews model={model} />
      <Facts model={model} />
      {holders.map((holder) => <HolderCard key={holder.nodeId} model={id} holder={holder} />)}
      {holders.some(({ can }) => can.includes("show")) && <ServerDetails />}
    </DetailsPanel>
  );
}

function Facts({ model }: { model: InstalledModel }) {
  const { now, t, language } = useModels();
  const { sizeBytes, parameters, quantization, contextLength, family, capabilities, use } = model;
  const facts: [string, string | undefined][] = [
    [t("models.column.size"), sizeBytes ? formatBytes(sizeBytes, language) : undefined],
    [t("models.column.parameters"), parameters],
    [t("models.quantization"), quantization],
    [t("models.column.context"), contextLength ? formatWindow(contextLength, language) : undefined],
    [t("models.family"), family],
    [t("models.column.can"), capabilityWords(capabilities, t).join(", ") || undefined],
    [t("models.column.used"), usedWords(use, now, t, language)],
    [t("models.calls"), use ? formatCount(use.calls, language) : undefined],
    [t("models.column.speed"), use ? speedWords(use, t, language) : undefined],
  ];
  return (
    <dl class="node-facts">
      {facts.map(([name, value]) =>
        value !== undefined && (
          <div key={name} class="node-facts__row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        )
      )}
    </dl>
  );
}
