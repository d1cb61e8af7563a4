import { useModels } from "./context.ts";
import { type ModelsView, ModelsViews } from "./ModelsViews.tsx";

/** The title, how much there is, and the way to the other view. */
export function ModelsHead({ view }: { view: ModelsView }) {
  const { installed, t } = useModels();
  const models = installed.models.value;
  const nodes = new Set(models.flatMap(({ holders }) => holders.map(({ nodeId }) => nodeId)));
  return (
    <header class="nodes-head">
      <h1 id="nodes-title" tabIndex={-1}>{t("models.title")}</h1>
      {models.length > 0 && (
        <span class="nodes-head__summary">
          {t("models.summary", { count: models.length, nodes: nodes.size })}
        </span>
      )}
      <ModelsViews view={view} t={t} />
    </header>
  );
}
