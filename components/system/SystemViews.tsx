import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageViews } from "../layout/PageViews.tsx";

const VIEWS = [
  { id: "machine", path: "/system" },
  { id: "log", path: "/system/log" },
] as const;

/** The ways between the pages of the machine and of the log. */
export function SystemViews({ view, t }: { view: (typeof VIEWS)[number]["id"]; t: Translate }) {
  const views = VIEWS.map(({ id, path }) => ({ id, path, label: t(`system.view.${id}`) }));
  return <PageViews views={views} shown={view} label={t("system.views")} />;
}
