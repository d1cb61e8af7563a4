import type { Monaco } from "./load_editor.ts";

/** The name of the theme that is made of the page's colours. */
export const EDITOR_THEME = "freshet";

/** Kinds of tokens in the editor, and the custom property of their colour. */
const TOKENS: readonly [string, string][] = [
  ["comment", "--code-comment"],
  ["keyword", "--code-keyword"],
  ["tag", "--code-keyword"],
  ["metatag", "--code-keyword"],
  ["string", "--code-string"],
  ["attribute.value", "--code-string"],
  ["string.value.json", "--code-string"],
  ["string.key.json", "--code-attr"],
  ["attribute.name", "--code-attr"],
  ["number", "--code-number"],
  ["regexp", "--code-number"],
  ["constant", "--code-number"],
  ["type", "--code-type"],
  ["type.identifier", "--code-type"],
  ["variable", "--code-title"],
  ["annotation", "--code-title"],
  // The themes that ours goes over have colours of their own for some languages, too faint on our background.
  ["metatag.html", "--code-keyword"],
  ["metatag.xml", "--code-keyword"],
  ["metatag.content.html", "--code-attr"],
  ["attribute.value.html", "--code-string"],
  ["attribute.value.xml", "--code-string"],
  ["delimiter.html", "--code-text"],
  ["delimiter.xml", "--code-text"],
  ["string.html", "--code-string"],
  ["string.sql", "--code-string"],
  ["string.yaml", "--code-string"],
  ["keyword.json", "--code-keyword"],
  ["operator.sql", "--code-text"],
  ["predefined.sql", "--code-title"],
];

/** Makes the editor's theme of the colours that the page has now, and uses it. */
function applyEditorTheme(monaco: Monaco): void {
  const color = colorReader();
  const background = color("--code-bg");
  const base = isDark(background) ? "vs-dark" : "vs";
  monaco.editor.defineTheme(EDITOR_THEME, {
    base,
    inherit: true,
    rules: TOKENS.map(([token, property]) => ({ token, foreground: color(property).slice(1) })),
    colors: {
      "editor.background": background,
      "editor.foreground": color("--code-text"),
      "editorGutter.background": background,
      "editorLineNumber.foreground": color("--text-faint"),
      "editorLineNumber.dimmedForeground": color("--text-faint"),
      "editorLineNumber.activeForeground": color("--text"),
      "editor.lineHighlightBackground": color("--surface-2"),
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": `${color("--accent")}40`,
      "editor.inactiveSelectionBackground": `${color("--accent")}26`,
      "editor.wordHighlightBackground": `${color("--accent")}22`,
      "editorCursor.foreground": color("--accent"),
      "editorIndentGuide.background1": color("--border"),
      "editorIndentGuide.activeBackground1": color("--border-strong"),
      "editorWidget.background": color("--surface-2"),
      "editorWidget.foreground": color("--text"),
      "editorWidget.border": color("--border"),
      "editorHoverWidget.background": color("--surface-2"),
      "editorSuggestWidget.background": color("--surface-2"),
      "editorError.foreground": color("--error"),
      "input.background": color("--surface"),
      "input.foreground": color("--text"),
      "focusBorder": color("--focus"),
      "scrollbarSlider.background": `${color("--border-strong")}66`,
      "scrollbarSlider.hoverBackground": `${color("--border-strong")}99`,
      "scrollbar.shadow": "#00000000",
    },
  });
  monaco.editor.setTheme(EDITOR_THEME);
}

/** Applies the theme anew whenever the page's changes; returns what ends that. */
export function followPageTheme(monaco: Monaco): () => void {
  const apply = () => applyEditorTheme(monaco);
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", apply);
  apply();
  return () => {
    observer.disconnect();
    scheme.removeEventListener("change", apply);
  };
}

/** Reads a custom property as the colour that it comes to here and now, whatever function it is made with. */
function colorReader(): (property: string) => string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const computed = getComputedStyle(probe);
  const read = (property: string) => {
    probe.style.color = `var(${property})`;
    if (!context) return "#808080";
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = computed.color;
    context.fillRect(0, 0, 1, 1);
    return toHex(context.getImageData(0, 0, 1, 1).data);
  };
  queueMicrotask(() => probe.remove());
  return read;
}

function toHex([red = 0, green = 0, blue = 0]: Uint8ClampedArray): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function isDark(hex: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
}
