import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "../layout/Header.tsx";

/** The servers' own style sheet is for who has none yet. */
const STYLES = ["nodes", "nodes-panels", "model-servers"];

/** The frame of the page of nodes: the header over all that there is. */
export function NodesFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return (
    <>
      <Head>
        {STYLES.map((name) => <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />)}
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app app--plain" data-sidebar="closed" data-panel="closed">
        <Header t={t} area="nodes" />
        <main id="content" class="main nodes-main" tabIndex={-1}>{children}</main>
      </div>
    </>
  );
}
