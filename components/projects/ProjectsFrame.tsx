import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "../layout/Header.tsx";

/** The frame of the pages that begin and list projects: the header over one column. */
export function ProjectsFrame({ t, area, styles, children }: {
  t: Translate;
  area: "build" | "projects";
  /** The style sheets of the page. */
  styles: readonly string[];
  children: ComponentChildren;
}) {
  return (
    <>
      <Head>
        {styles.map((name) => <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />)}
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app app--plain" data-sidebar="closed" data-panel="closed">
        <Header t={t} area={area} />
        <main id="content" class="main projects-main" tabIndex={-1}>{children}</main>
      </div>
    </>
  );
}
