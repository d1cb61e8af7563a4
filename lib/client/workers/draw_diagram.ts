/** What draws diagrams; bundled apart from the islands, and loaded with the first diagram that comes into view. */
import mermaid from "mermaid";
import { type DiagramLook, diagramRules, diagramTheme } from "../diagrams/diagram_theme.ts";

/** Longer sources (characters), and more lines between things than this, would hold up the page. */
const TEXT_MAX = 20_000;
const EDGES_MAX = 400;

/** What a diagram may not set for itself: what runs or loads something, and what reaches beyond it. */
const SECURE = [
  "secure",
  "securityLevel",
  "startOnLoad",
  "maxTextSize",
  "maxEdges",
  "suppressErrorRendering",
  "dompurifyConfig",
  "htmlLabels",
  "themeCSS",
  "themeVariables",
  "fontFamily",
  "altFontFamily",
];

let count = 0;

/** A drawing and its styles, apart: where they are in its text, parsing that breaches the page's policy. */
export interface Drawing {
  svg: string;
  css: string;
}

/** Draws a diagram. Throws an error that says where the source cannot be read. */
export async function drawDiagram(source: string, look: DiagramLook): Promise<Drawing> {
  if (source.length > TEXT_MAX) throw new Error(`The source is longer than ${TEXT_MAX} characters`);
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    htmlLabels: false,
    maxTextSize: TEXT_MAX,
    maxEdges: EDGES_MAX,
    secure: SECURE,
    logLevel: "fatal",
    theme: "base",
    look: "classic",
    fontFamily: look.font,
    themeVariables: diagramTheme(look),
  });
  // Its bundle gives the styles too.
  const id = `diagram-${++count}`;
  const drawn: Partial<Drawing> = await mermaid.render(id, source);
  return { svg: drawn.svg ?? "", css: `${drawn.css ?? ""}${diagramRules(look, id)}` };
}
