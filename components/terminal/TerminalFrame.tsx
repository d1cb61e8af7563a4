import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "../layout/Header.tsx";

/** The frame of the page of terminals: the header over all that there is. */
export function TerminalFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return (
    <>
      <Head>
        <link rel="stylesheet" href={asset("/gen/terminal/screen.css")} />
        {["terminal", "terminal-panels"].map((name) => (
          <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />
        ))}
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app app--plain" data-sidebar="closed" data-panel="closed">
        <Header t={t} area="terminal" />
        <main id="content" class="main terminal-main" tabIndex={-1}>{children}</main>
      </div>
    </>
  );
}
