import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";

/** The page's frame and its panel of details are those of the nodes. */
const STYLES = ["nodes", "nodes-panels", "settings", "models"];

/** The frame of the pages of models: the header over all that there is. */
export function ModelsFrame({ t, styles = [], children }: {
  t: Translate;
  /** Stylesheets that only this page needs. */
  styles?: readonly string[];
  children: ComponentChildren;
}) {
  return (
    <PageFrame t={t} area="models" styles={stylesOf(...STYLES, ...styles)} main="nodes-main">
      {children}
    </PageFrame>
  );
}
