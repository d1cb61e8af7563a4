import { assert, assertEquals } from "@std/assert";
import { type DiagramLook, diagramRules, diagramTheme } from "./diagram_theme.ts";

const DARK: DiagramLook = {
  isDark: true,
  font: "sans-serif",
  background: "rgb(15, 19, 26)",
  surface: "rgb(17, 21, 28)",
  raised: "rgb(35, 42, 54)",
  accent: "rgb(110, 203, 255)",
  border: "rgb(100, 112, 134)",
  text: "rgb(232, 236, 243)",
  muted: "rgb(164, 175, 192)",
  error: "rgb(242, 97, 107)",
  hues: ["rgb(110, 203, 255)", "rgb(214, 162, 255)", "rgb(147, 222, 176)", "rgb(255, 190, 133)"],
};

const LIGHT: DiagramLook = {
  ...DARK,
  isDark: false,
  background: "rgb(247, 249, 252)",
  surface: "rgb(247, 249, 251)",
  raised: "rgb(225, 230, 238)",
  accent: "rgb(10, 95, 174)",
  border: "rgb(124, 135, 154)",
  text: "rgb(22, 32, 46)",
  muted: "rgb(75, 88, 105)",
  error: "rgb(207, 47, 58)",
  hues: ["rgb(10, 95, 174)", "rgb(138, 47, 179)", "rgb(26, 107, 60)", "rgb(155, 68, 0)"],
};

/** The contrast of two colours as WCAG has it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: string): number {
  const [r = 0, g = 0, b = 0] = (rgb.match(/[\d.]+/g) ?? []).map((channel) => {
    const part = Number(channel) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** What stands on what: the names of a text's colour and of the one below it. */
const PAIRS: [text: string, below: string][] = [
  ["cScaleLabel", "cScale"],
  ["gitBranchLabel", "git"],
  ["", "fillType"],
];
const SINGLE: [text: string, below: string][] = [
  ["taskTextColor", "taskBkgColor"],
  ["taskTextColor", "activeTaskBkgColor"],
  ["taskTextColor", "doneTaskBkgColor"],
  ["taskTextColor", "critBkgColor"],
  ["quadrant1TextFill", "quadrant1Fill"],
  ["quadrant4TextFill", "quadrant4Fill"],
  ["pieSectionTextColor", "pie1"],
  ["pieSectionTextColor", "pie12"],
  ["commitLabelColor", "commitLabelBackground"],
];

Deno.test("texts of diagrams can be read on every colour below them, in dark and in light", () => {
  for (const look of [DARK, LIGHT]) {
    const theme = diagramTheme(look);
    const pairs = PAIRS.flatMap(([text, below]) =>
      Array.from({ length: 12 }, (_, i) => [text ? text + i : "textColor", below + i] as const)
    );
    for (const [text, below] of [...pairs, ...SINGLE]) {
      const ratio = contrast(String(theme[text]), String(theme[below]));
      assert(ratio >= 4.5, `${text} on ${below}: ${ratio.toFixed(1)}`);
    }
  }
});

Deno.test("what stands beside each other has different colours, and a hue that comes again a different shade", () => {
  for (const look of [DARK, LIGHT]) {
    const theme = diagramTheme(look);
    const areas = Array.from({ length: look.hues.length * 2 }, (_, i) => theme[`cScale${i}`]);
    assertEquals(new Set(areas).size, areas.length);
  }
});

Deno.test("bands that lie over each other are seen on a dark page too", () => {
  assert(diagramRules(DARK, "d").includes("#d .link{mix-blend-mode:screen!important}"));
  assert(diagramRules(LIGHT, "d").includes("mix-blend-mode:multiply"));
});
