import type { Translate } from "../../lib/shared/texts/mod.ts";

const VIEWS = [
  { id: "installed", path: "/models" },
  { id: "market", path: "/models/discover" },
  { id: "online", path: "/models/online" },
  { id: "benchmarks", path: "/models/benchmarks" },
  { id: "servers", path: "/models/servers" },
] as const;

/** One of the pages about models. */
export type ModelsView = (typeof VIEWS)[number]["id"];

/** The ways to the pages about models. */
export function ModelsViews({ view, t }: { view: ModelsView; t: Translate }) {
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
