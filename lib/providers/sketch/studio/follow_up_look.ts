import { accentIn, themeIn } from "./brief.ts";
import type { Step } from "./step.ts";
import { hasFeature, type ProjectSpec } from "./spec.ts";

const NO_PAGE = "This project is an API without a page, so there is no look to change";
const TITLE =
  /^(?:change|set|make|update)\s+(?:the\s+)?(?:project(?:'s)?\s+|app(?:'s)?\s+|page(?:'s)?\s+)?(?:title|name|heading)(?:\s+of\s+(?:the\s+)?(?:app|project|page|api))?\s+(?:to|into|as|be)?\s*:?\s*(.+)$|^(?:call|name)\s+(?:it|this|the (?:app|project|page|api))\s+(.+)$|^(?:the\s+)?(?:title|heading)\s+(?:should|must)\s+(?:be|say|read)\s+(.+)$/i;
const TITLE_LENGTH_MAX = 60;

/** "change the title to …". */
export function changeTitle(spec: ProjectSpec, clause: string): Step[] {
  const match = TITLE.exec(clause);
  const title = (match?.[1] ?? match?.[2] ?? match?.[3])?.replaceAll(/^["“'„]|["”'“]$/g, "").trim();
  if (!title || title.length > TITLE_LENGTH_MAX) return [];
  return [{ spec: { ...spec, title }, did: `The title is now “${title}”`, title: "New title" }];
}

/** "add a dark mode toggle". */
export function toggleTheme(spec: ProjectSpec, clause: string): Step[] {
  const isAsked =
    /\b(?:dark|light|theme|colou?r)(?:[- ]?(?:mode|theme))?[- ](?:toggle|switch(?:er)?|button)\b|\b(?:toggle|switch|button)\b[^.]{0,40}\b(?:dark|light|themes?)\b/i
      .test(clause) && !/^(?:switch|turn)\b/i.test(clause);
  if (!isAsked) return [];
  const title = "Theme switch";
  if (!spec.kinds.includes("ui")) return [{ spec, already: NO_PAGE, title }];
  const isWanted = !/^(?:remove|delete|drop|disable)\b/i.test(clause);
  if (hasFeature(spec, "themeToggle") === isWanted) {
    return [{ spec, already: `The theme switch is ${isWanted ? "there already" : "not there"}`, title }];
  }
  const features = spec.features.filter((feature) => feature !== "themeToggle");
  if (!isWanted) return [{ spec: { ...spec, features }, did: "The theme switch is gone", title }];
  return [{
    spec: { ...spec, features: [...features, "themeToggle"] },
    did: "There is a button at the top that switches between light and dark",
    title,
  }];
}

/** "make it dark". */
export function changeTheme(spec: ProjectSpec, clause: string): Step[] {
  const theme = themeIn(clause);
  if (
    !theme || !/\b(?:make|switch|change|use|turn|set|give|add|mode|theme|please|i want|all)\b/i.test(clause)
  ) return [];
  const title = { auto: "System theme", dark: "Dark theme", light: "Light theme" }[theme];
  if (!spec.kinds.includes("ui")) return [{ spec, already: NO_PAGE, title }];
  if (spec.theme === theme) return [{ spec, already: `It is ${theme} already`, title }];
  const did = theme === "auto"
    ? "The page follows the system: light or dark"
    : `The page is ${theme} now, whatever the system says`;
  return [{ spec: { ...spec, theme }, did, title }];
}

/** "make it blue". */
export function changeAccent(spec: ProjectSpec, clause: string): Step[] {
  const accent = accentIn(clause);
  if (!accent || !/\b(?:make|switch|change|use|turn|set|give|colou?rs?|accent|buttons?)\b/i.test(clause)) {
    return [];
  }
  const title = "New colour";
  if (!spec.kinds.includes("ui")) return [{ spec, already: NO_PAGE, title }];
  if (spec.accent === accent) return [{ spec, already: `The colour is ${accent} already`, title }];
  return [{ spec: { ...spec, accent }, did: `Buttons and highlights are ${accent} now`, title }];
}
