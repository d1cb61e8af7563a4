import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";

/** Dialogs look as those of the settings. */
const STYLES = stylesOf("settings", "studio-code", "files", "file-panel", "pdf");

/** The frame of the page of files: the header over the folders and what is in them. */
export function FilesFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return <PageFrame t={t} area="files" styles={STYLES} main="files-main">{children}</PageFrame>;
}
