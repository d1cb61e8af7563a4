import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";

/** The frame of the pages that begin and list projects: the header over one column. */
export function ProjectsFrame({ t, area, styles, children }: {
  t: Translate;
  area: "build" | "projects";
  /** The style sheets of the page. */
  styles: readonly string[];
  children: ComponentChildren;
}) {
  return <PageFrame t={t} area={area} styles={stylesOf(...styles)} main="projects-main">{children}
  </PageFrame>;
}
