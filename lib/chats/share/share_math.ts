const FORMULA = /<(span|div) class="math( math--display)?">([^<]*)<\/\1>/g;
const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/** Bounds for what a model may ask for, as on the page. */
const LIMITS = {
  maxSize: 20,
  maxExpand: 200,
  errorColor: "currentcolor",
  trust: false,
  strict: "ignore",
} as const;

/** Rendered Markdown with its formulas as MathML, which browsers typeset with fonts of their own. What cannot be read stays TeX. */
export async function withMathMl(html: string): Promise<string> {
  if (html.search(FORMULA) < 0) return html;
  const { default: katex } = await import("katex");
  return html.replaceAll(FORMULA, (whole, tag: string, display: string | undefined, escaped: string) => {
    const tex = escaped.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
    const displayMode = display !== undefined;
    try {
      const mathMl = katex.renderToString(tex, { ...LIMITS, output: "mathml", displayMode });
      return `<${tag} class="math${display ?? ""}">${mathMl}</${tag}>`;
    } catch (error) {
      if (error instanceof katex.ParseError) return whole;
      throw error;
    }
  });
}
