import type { Translate } from "../../lib/shared/texts/mod.ts";
import { useModels } from "./context.ts";

const VIEWS = [
  { id: "installed", path: "/models" },
  { id: "market", path: "/models/discover" },
  { id: "benchmarks", path: "/models/benchmarks" },
] as const;

type View = (typeof VIEWS)[number]["id"];

/** The title, how much there is, and the way to the other view. */
export function ModelsHead({ view }: { view: View }) {
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

/** The way between what there is about models. */
export function ModelsViews({ view, t }: { view: View; t: Translate }) {
  return (
    <nav class="models-views" aria-label={t("models.views")}>
      {VIEWS.map(({ id, path }) => (
        <a
          key={id}
          class="models-views__view"
          href={path}
          {...(id === view ? { "aria-current": "page" } : {})}
        >
          {t(`models.view.${id}`)}
        </a>
      ))}
    </nav>
  );
}
