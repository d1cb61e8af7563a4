import { useModels } from "./context.ts";

const VIEWS = [
  { id: "installed", path: "/models" },
  { id: "market", path: "/models/discover" },
] as const;

/** The title, how much there is, and the way to the other view. */
export function ModelsHead({ view }: { view: (typeof VIEWS)[number]["id"] }) {
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
    </header>
  );
}
