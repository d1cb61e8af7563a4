import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageViews } from "../layout/PageViews.tsx";

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
  const views = VIEWS.map(({ id, path }) => ({ id, path, label: t(`models.view.${id}`) }));
  return <PageViews views={views} shown={view} label={t("models.views")} />;
}
