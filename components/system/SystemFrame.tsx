import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";

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
    <PageFrame t={t} area="system" styles={stylesOf("system")} main="system-main">
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
    </PageFrame>
  );
}
