import type { UiSettings } from "../shared/mod.ts";

/** The attributes of `<html>` that the settings decide; the stylesheets do the rest. */
export function appearanceAttributes(settings: UiSettings): Record<`data-${string}`, string> {
  return {
    "data-theme": settings.theme,
    "data-density": settings.density,
    "data-motion": settings.animations ? "on" : "off",
    "data-code": settings.wrapCode ? "wrap" : "scroll",
  };
}

/** The sizes of text as custom properties. */
export function appearanceSizes(settings: UiSettings): Record<`--${string}`, string> {
  return { "--font-size": `${settings.fontSize}px`, "--code-size": `${settings.codeFontSize / 16}rem` };
}

/** Shows changed settings without a reload. */
export function applyAppearance(root: HTMLElement, settings: UiSettings): void {
  for (const [name, value] of Object.entries(appearanceAttributes(settings))) root.setAttribute(name, value);
  for (const [name, value] of Object.entries(appearanceSizes(settings))) root.style.setProperty(name, value);
}
