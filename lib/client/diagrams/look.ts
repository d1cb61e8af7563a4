import type { DiagramLook } from "./diagram_theme.ts";

/** Tokens that each theme chooses to be told apart on its background. */
const HUES = [
  "--accent",
  "--code-keyword",
  "--code-string",
  "--code-number",
  "--code-type",
  "--error",
  "--code-attr",
  "--success",
];

/** How diagrams look in the appearance of the page. */
export function currentLook(): DiagramLook {
  const probe = document.createElement("span");
  document.body.append(probe);
  const style = getComputedStyle(probe);
  // The computed colour is a plain one, whatever functions the token is written with.
  const color = (token: string) => {
    probe.style.color = `var(${token})`;
    return style.color;
  };
  const look = {
    isDark: false,
    font: getComputedStyle(document.body).fontFamily,
    background: color("--code-bg"),
    surface: color("--surface"),
    raised: color("--surface-3"),
    accent: color("--accent"),
    border: color("--border-strong"),
    text: color("--text"),
    muted: color("--text-muted"),
    error: color("--error"),
    hues: HUES.map(color),
  };
  probe.remove();
  return { ...look, isDark: brightness(look.background) < brightness(look.text) };
}

/** Calls back when the page changes its appearance. */
export function onLookChange(listener: () => void): void {
  const changes = new MutationObserver(listener);
  changes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}

function brightness(rgb: string): number {
  return (rgb.match(/[\d.]+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
}
