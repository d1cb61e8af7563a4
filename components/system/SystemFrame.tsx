import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "../layout/Header.tsx";

const VIEWS = [
  { id: "machine", path: "/system" },
  { id: "log", path: "/system/log" },
] as const;

/** The frame of the pages about the machine and the log: the header, and the way from one to the other. */
export function SystemFrame({ t, view, children }: {
  t: Translate;
  view: (typeof VIEWS)[number]["id"];
  children: ComponentChildren;
}) {
  return (
    <>
      <Head>
        <link rel="stylesheet" href={asset("/css/system.css")} />
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app app--plain" data-sidebar="closed" data-panel="closed">
        <Header t={t} area="system" />
        <main id="content" class="main system-main" tabIndex={-1}>
          <div class="system">
            <nav class="system-views" aria-label={t("system.views")}>
              {VIEWS.map(({ id, path }) => (
                <a
                  key={id}
                  class="system-views__view"
                  href={path}
                  {...id === view && { "aria-current": "page" }}
                >
                  {t(`system.view.${id}`)}
                </a>
              ))}
            </nav>
            {children}
          </div>
        </main>
      </div>
    </>
  );
}
