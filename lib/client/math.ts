import { asset } from "fresh/runtime";

/** Bounds for what a model may ask for: sizes in em, how often macros are expanded; and no red that no theme can show. */
const LIMITS = { maxSize: 20, maxExpand: 200, errorColor: "currentcolor" };

let stylesheet: Promise<void> | undefined;

/**
 * Typesets a formula in place, by KaTeX and its fonts, which are loaded with the first one. KaTeX writes no link, address or class of
 * a formula's own (`trust`). What it cannot read stays as it is.
 */
export async function typeset(element: Element): Promise<void> {
  const [{ default: katex }] = await Promise.all([import("katex"), stylesheet ??= loadStyles()]);
  const tex = element.textContent ?? "";
  const displayMode = element.classList.contains("math--display");
  try {
    element.innerHTML = katex.renderToString(tex, { ...LIMITS, displayMode, trust: false, strict: "ignore" });
    element.classList.add("math--set");
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    element.classList.add("math--unread");
  }
}

/** Resolves in any case: without its styles a formula is still there for those who listen. */
function loadStyles(): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = asset("/gen/katex.css");
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}
