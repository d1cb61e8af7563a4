import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "./Header.tsx";

/** The frame of most pages: their style sheets, the way past the header, and the header over all that there is. */
export function PageFrame({ t, area, styles, main, children }: {
  t: Translate;
  /** The area that the page belongs to. */
  area: string;
  /** Addresses of style sheets, in their order. */
  styles: readonly string[];
  /** The classes of the page's content beside `main`. */
  main: string;
  children: ComponentChildren;
}) {
  return (
    <>
      <Head>
        {styles.map((path) => <link key={path} rel="stylesheet" href={asset(path)} />)}
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app app--plain" data-sidebar="closed" data-panel="closed">
        <Header t={t} area={area} />
        <main id="content" class={`main ${main}`} tabIndex={-1}>{children}</main>
      </div>
    </>
  );
}

/** The addresses of style sheets in `static/css`, by their names. */
export function stylesOf(...names: readonly string[]): string[] {
  return names.map((name) => `/css/${name}.css`);
}
