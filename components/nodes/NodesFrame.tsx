import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";

/** The servers' own style sheet is for who has none yet. */
const STYLES = stylesOf("nodes", "nodes-panels", "model-servers");

/** The frame of the page of nodes: the header over all that there is. */
export function NodesFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return <PageFrame t={t} area="nodes" styles={STYLES} main="nodes-main">{children}</PageFrame>;
}
