import type { Accent } from "./spec.ts";

/** Each colour for light pages, where white stands on it, and for dark ones, where black does: at least 4.5 to 1 either way. */
export const ACCENT_COLORS: Readonly<Record<Accent, { light: string; dark: string }>> = {
  teal: { light: "#0f766e", dark: "#2dd4bf" },
  blue: { light: "#1d4ed8", dark: "#7aa7ff" },
  violet: { light: "#6d28d9", dark: "#b49dfb" },
  pink: { light: "#be185d", dark: "#f58cc3" },
  red: { light: "#b91c1c", dark: "#fb8a8a" },
  orange: { light: "#b03a0a", dark: "#fb9a4b" },
  green: { light: "#166f38", dark: "#5ade8c" },
};
