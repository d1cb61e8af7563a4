/** What draws diagrams; bundled apart from the islands, and loaded with the first diagram that comes into view. */
import mermaid from "mermaid";

/** The colours of the page, as `rgb(…)`. */
export interface DiagramLook {
  isDark: boolean;
  font: string;
  background: string;
  surface: string;
  raised: string;
  accent: string;
  border: string;
  text: string;
  muted: string;
}

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
    themeVariables: variables(look),
  });
  // Its bundle gives the styles too.
  const drawn: Partial<Drawing> = await mermaid.render(`diagram-${++count}`, source);
  return { svg: drawn.svg ?? "", css: drawn.css ?? "" };
}

function variables(look: DiagramLook): Record<string, string | boolean> {
  const { isDark, font, background, surface, raised, accent, border, text, muted } = look;
  return {
    darkMode: isDark,
    fontFamily: font,
    fontSize: "14px",
    useGradient: false,
    dropShadow: "none",
    background,
    primaryColor: raised,
    primaryTextColor: text,
    primaryBorderColor: accent,
    secondaryColor: surface,
    secondaryTextColor: text,
    secondaryBorderColor: border,
    tertiaryColor: surface,
    tertiaryTextColor: text,
    tertiaryBorderColor: border,
    lineColor: muted,
    textColor: text,
    titleColor: text,
    edgeLabelBackground: background,
    clusterBkg: surface,
    clusterBorder: border,
    noteBkgColor: raised,
    noteTextColor: text,
    noteBorderColor: border,
    actorTextColor: text,
    signalTextColor: text,
    labelTextColor: text,
    loopTextColor: text,
    pieTitleTextColor: text,
    pieLegendTextColor: text,
  };
}
