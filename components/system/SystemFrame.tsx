import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";

/** The frame of the pages about the machine and the log. */
export function SystemFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return (
    <PageFrame t={t} area="system" styles={stylesOf("system")} main="system-main">
      <div class="system">{children}</div>
    </PageFrame>
  );
}
