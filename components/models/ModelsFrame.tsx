import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "../layout/Header.tsx";

/** The page's frame and its panel of details are those of the nodes. */
const STYLES = ["nodes", "nodes-panels", "settings", "models"];

/** The frame of the pages of models: the header over all that there is. */
export function ModelsFrame({ t, styles = [], children }: {
  t: Translate;
  /** Of the page itself. */
  styles?: readonly string[];
  children: ComponentChildren;
}) {
  return (
    <>
      <Head>
        {[...STYLES, ...styles].map((name) => (
          <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />
        ))}
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app app--plain" data-sidebar="closed" data-panel="closed">
        <Header t={t} area="models" />
        <main id="content" class="main nodes-main" tabIndex={-1}>{children}</main>
      </div>
    </>
  );
}
