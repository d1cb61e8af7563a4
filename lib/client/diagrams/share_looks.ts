import type { DiagramLook } from "./diagram_theme.ts";

const FONT = "Inter, system-ui, sans-serif";

/** Diagrams in a shared file, in its own colours (`lib/chats/share/share_styles.ts`): it knows none of the page's themes. */
export const LIGHT_FILE: DiagramLook = {
  isDark: false,
  font: FONT,
  background: "rgb(243, 246, 250)",
  surface: "rgb(255, 255, 255)",
  raised: "rgb(225, 231, 240)",
  accent: "rgb(10, 95, 174)",
  border: "rgb(124, 135, 154)",
  text: "rgb(22, 32, 46)",
  muted: "rgb(75, 88, 105)",
  error: "rgb(168, 32, 43)",
  hues: [
    "rgb(10, 95, 174)",
    "rgb(138, 47, 179)",
    "rgb(26, 107, 60)",
    "rgb(155, 68, 0)",
    "rgb(12, 101, 112)",
    "rgb(168, 32, 43)",
    "rgb(122, 74, 0)",
  ],
};

/** The same for a reader whose device is dark. */
export const DARK_FILE: DiagramLook = {
  isDark: true,
  font: FONT,
  background: "rgb(21, 26, 34)",
  surface: "rgb(12, 15, 20)",
  raised: "rgb(35, 42, 54)",
  accent: "rgb(110, 203, 255)",
  border: "rgb(100, 112, 134)",
  text: "rgb(232, 236, 243)",
  muted: "rgb(164, 175, 192)",
  error: "rgb(255, 154, 161)",
  hues: [
    "rgb(110, 203, 255)",
    "rgb(214, 162, 255)",
    "rgb(147, 222, 176)",
    "rgb(255, 190, 133)",
    "rgb(119, 221, 224)",
    "rgb(255, 154, 161)",
    "rgb(240, 208, 139)",
  ],
};
