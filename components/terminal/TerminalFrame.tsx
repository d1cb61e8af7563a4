import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";

/** Dialogs look as those of the settings. */
const STYLES = ["/gen/terminal/screen.css", ...stylesOf("settings", "terminal", "terminal-panels")];

/** The frame of the page of terminals: the header over all that there is. */
export function TerminalFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return <PageFrame t={t} area="terminal" styles={STYLES} main="terminal-main">{children}</PageFrame>;
}
