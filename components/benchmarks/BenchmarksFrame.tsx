import type { ComponentChildren } from "preact";
import type { ErrorBody } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";
import { useVisitor } from "../layout/visitor.ts";
import { ModelsViews } from "../models/ModelsViews.tsx";

/** The page's frame is that of the nodes, its tables and charts those of the dashboard. */
const STYLES = stylesOf("nodes", "settings", "models", "dashboard", "benchmarks");

const VIEWS = [
  { id: "overview", path: "/models/benchmarks" },
  { id: "new", path: "/models/benchmarks/new" },
  { id: "compare", path: "/models/benchmarks/compare" },
  { id: "sets", path: "/models/benchmarks/sets" },
] as const;

/** The frame of the pages of benchmarks: the header over all that there is, the title, and the ways between them. */
export function BenchmarksFrame({ view, title, problem, t, children }: {
  /** None of the views where one benchmark is shown. */
  view: (typeof VIEWS)[number]["id"] | "benchmark";
  title: string;
  /** What was refused, or why there is nothing to show. */
  problem?: ErrorBody | null;
  t: Translate;
  children: ComponentChildren;
}) {
  const visitor = useVisitor();
  return (
    <PageFrame t={t} area="models" styles={STYLES} main="nodes-main dashboard-main">
      <div class="nodes-page benchmarks">
        <header class="nodes-head">
          <h1>{title}</h1>
          <ModelsViews view="benchmarks" t={t} />
        </header>
        <nav class="benchmarks__views" aria-label={t("benchmarks.views")}>
          {VIEWS.filter(({ id }) => id !== "new" || visitor?.scopes.has("admin")).map(({ id, path }) => (
            <a
              key={id}
              class="period-bar__link"
              href={path}
              {...(id === view ? { "aria-current": "page" } : {})}
            >
              {t(`benchmarks.view.${id}`)}
            </a>
          ))}
        </nav>
        {problem && (
          <div class="problem nodes-page__problem" role="alert">
            <Icon name="circle-alert" />
            <p class="problem__hint">{problem.message}{problem.hint && `. ${problem.hint}`}</p>
          </div>
        )}
        {children}
      </div>
    </PageFrame>
  );
}
