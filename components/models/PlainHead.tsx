import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { type ModelsView, ModelsViews } from "./ModelsViews.tsx";

/** The title and the ways to the other views, of pages that are rendered on the server alone. */
export function PlainHead({ view, t, children }: {
  view: ModelsView;
  t: Translate;
  children?: ComponentChildren;
}) {
  return (
    <header class="nodes-head">
      <h1 id="nodes-title" tabIndex={-1}>{t("models.title")}</h1>
      {children}
      <ModelsViews view={view} t={t} />
    </header>
  );
}
