import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "../layout/Header.tsx";

/** Dialogs look as those of the settings. */
const STYLES = ["settings", "studio-code", "files", "file-panel"];

/** The frame of the page of files: the header over the folders and what is in them. */
export function FilesFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return (
    <>
      <Head>
        {STYLES.map((name) => <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />)}
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app app--plain" data-sidebar="closed" data-panel="closed">
        <Header t={t} area="files" />
        <main id="content" class="main files-main" tabIndex={-1}>{children}</main>
      </div>
    </>
  );
}
