import { assert, assertEquals } from "@std/assert";

type Rgb = [number, number, number];
type Tokens = Record<string, string>;

const css = (await Deno.readTextFile(new URL("../static/css/tokens.css", import.meta.url)))
  .replaceAll(/\/\*[^]*?\*\//g, "");

/** Foreground, background, and what WCAG 2.2 asks for: text 4.5, larger signs and edges of controls 3. */
const PAIRS: [string, string, number][] = [
  ...["canvas", "surface", "surface-2", "surface-3"].flatMap((background): [string, string, number][] => [
    ["text", background, 4.5],
    ["text-muted", background, 4.5],
    ["accent", background, 4.5],
    ["error-text", background, 4.5],
    ["warning-text", background, 4.5],
    ["success-text", background, 4.5],
  ]),
  ...["canvas", "surface", "surface-2"].flatMap((background): [string, string, number][] => [
    ["text-faint", background, 4.5],
    ["border-strong", background, 3],
  ]),
  ...["text", "comment", "keyword", "string", "number", "title", "type", "attr"].map(
    (name): [string, string, number] => [`code-${name}`, "code-bg", 4.5],
  ),
  ["on-accent", "accent-solid", 4.5],
  ["on-accent", "accent-solid-hover", 4.5],
  ["accent", "accent-soft", 4.5],
  ["bubble-text", "bubble", 4.5],
  ["error-text", "error-soft", 4.5],
  ["warning-text", "warning-soft", 4.5],
  ["success-text", "success-soft", 4.5],
  ["text-muted", "error-soft", 4.5],
];

const AAA = 7;

for (
  const [theme, scheme] of [
    ["deep-dark", 1],
    ["light", 0],
    ["teal-lime", 1],
    ["llama", 0],
    ["high-contrast", 1],
  ] as const
) {
  Deno.test(`what is written in the theme ${theme} can be read`, () => {
    const tokens = tokensOf(theme, scheme);
    const page = colorOf(tokens["--bg"] ?? "");
    const faint = PAIRS.flatMap(([front, back, least]) => {
      const background = over(tokens[`--${back}`] ?? "", page);
      const ratio = contrast(over(tokens[`--${front}`] ?? "", background), background);
      const wanted = theme === "high-contrast" && least === 4.5 ? AAA : least;
      return ratio < wanted ? [`${front} on ${back}: ${ratio.toFixed(2)} of ${wanted}`] : [];
    });
    assertEquals(faint, []);
  });
}

Deno.test("every theme names the same colours", () => {
  const names = (theme: string) =>
    Object.keys(block(`:root[data-theme="${theme}"]`)).filter((name) =>
      !/panel|page|line|shadow|backdrop/.test(name)
    );
  const all = names("high-contrast");
  assert(all.length > 30);
  assertEquals(names("teal-lime").filter((name) => !all.includes(name)), []);
  assertEquals(all.filter((name) => !names("teal-lime").includes(name)), []);
  assertEquals(all.filter((name) => !names("llama").includes(name)), []);
});

function tokensOf(theme: string, scheme: 0 | 1): Tokens {
  const own = theme === "deep-dark" || theme === "light" ? {} : block(`:root[data-theme="${theme}"]`);
  const all = { ...block(":root"), ...own };
  return Object.fromEntries(
    Object.entries(all).map((
      [name, value],
    ) => [name, /^light-dark\((.+), (.+)\)$/.exec(value)?.[scheme + 1] ?? value]),
  );
}

/** The declarations of the first rule of a selector. */
function block(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  assert(start >= 0, `No rule of ${selector}`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return Object.fromEntries(
    body.split(";").map((line) => line.trim()).filter((line) => line.startsWith("--")).map((line) => {
      const [name = "", ...value] = line.split(":");
      return [name, value.join(":").trim()];
    }),
  );
}

/** An opaque colour, or one laid over another. */
function over(value: string, background: Rgb): Rgb {
  const [, rgb = "", alpha = "100"] = /^rgb\(([\d ]+) \/ ([\d.]+)%\)$/.exec(value) ?? [];
  if (rgb === "") return colorOf(value);
  const share = Number(alpha) / 100;
  const [r = 0, g = 0, b = 0] = rgb.split(" ").map(Number);
  return [mix(r, background[0], share), mix(g, background[1], share), mix(b, background[2], share)];
}

function mix(a: number, b: number, share: number): number {
  return a * share + b * (1 - share);
}

function colorOf(hex: string): Rgb {
  const digits = /^#([\da-f]{6})$/.exec(hex)?.[1];
  assert(digits, `Not a colour: "${hex}"`);
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) as Rgb;
}

/** WCAG 2.2, "contrast ratio". */
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
