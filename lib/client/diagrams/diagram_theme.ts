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
  error: string;
  /** Of what stands beside each other: parts of a pie, branches, sections. */
  hues: readonly string[];
}

type Variables = Record<string, string | boolean | Record<string, string>>;

/** So many colours Mermaid asks for, under numbered names. */
const NUMBERED = 12;
/** How much of a hue there is in an area with text on it, by turns, so that the same hue is told apart when it comes again. */
const SHARES = { dark: [0.36, 0.22], light: [0.26, 0.42] };

/** Mermaid's theme variables in the colours of the page: strong hues for lines and bars, faint ones below texts. */
export function diagramTheme(look: DiagramLook): Variables {
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
    sequenceNumberColor: background,
    archEdgeColor: muted,
    archEdgeArrowColor: muted,
    archGroupBorderColor: border,
    tagLabelBackground: raised,
    tagLabelColor: text,
    tagLabelBorder: border,
    commitLabelColor: text,
    commitLabelBackground: background,
    ...numbered(look),
    ...ganttColors(look),
    ...chartColors(look),
  };
}

/** Rules for what no variable reaches, within the drawing of an id. */
export function diagramRules({ isDark }: DiagramLook, id: string): string {
  // Multiplied, the bands of a Sankey diagram are black on black.
  const blend = isDark ? "screen" : "multiply";
  // Areas that a sequence colours itself are made for black texts on white paper.
  const areas = isDark ? `#${id} rect.rect{fill-opacity:.25}` : "";
  return `#${id} .link{mix-blend-mode:${blend}!important}${areas}`;
}

/** What mindmaps, timelines, boards, pies, graphs of commits and journeys take one by one. */
function numbered(look: DiagramLook): Variables {
  const variables: Variables = {};
  for (let i = 0; i < NUMBERED; i++) {
    const area = areaColor(look, i);
    const line = hueOf(look, i);
    variables[`cScale${i}`] = area;
    variables[`cScaleInv${i}`] = line;
    variables[`cScalePeer${i}`] = line;
    variables[`cScaleLabel${i}`] = look.text;
    variables[`pie${i + 1}`] = area;
    variables[`git${i}`] = line;
    variables[`gitInv${i}`] = look.text;
    variables[`gitBranchLabel${i}`] = look.background;
    variables[`fillType${i}`] = area;
    variables[`venn${i + 1}`] = line;
    variables[`actor${i}`] = line;
  }
  return variables;
}

function ganttColors(look: DiagramLook): Variables {
  const { background, surface, raised, accent, border, text, muted, error } = look;
  return {
    sectionBkgColor: surface,
    altSectionBkgColor: background,
    sectionBkgColor2: surface,
    gridColor: border,
    taskBkgColor: raised,
    taskBorderColor: border,
    activeTaskBkgColor: mix(background, accent, 0.35),
    activeTaskBorderColor: accent,
    doneTaskBkgColor: mix(background, muted, 0.3),
    doneTaskBorderColor: muted,
    critBkgColor: mix(background, error, 0.35),
    critBorderColor: error,
    todayLineColor: error,
    vertLineColor: accent,
    taskTextColor: text,
    taskTextDarkColor: text,
    taskTextLightColor: text,
    taskTextOutsideColor: text,
    taskTextClickableColor: accent,
  };
}

function chartColors(look: DiagramLook): Variables {
  const { background, surface, raised, accent, border, text, muted } = look;
  return {
    pieTitleTextColor: text,
    pieLegendTextColor: text,
    pieSectionTextColor: text,
    pieStrokeColor: background,
    pieOuterStrokeColor: border,
    pieOpacity: "1",
    quadrant1Fill: areaColor(look, 0),
    quadrant2Fill: areaColor(look, 1),
    quadrant3Fill: areaColor(look, 2),
    quadrant4Fill: areaColor(look, 3),
    quadrant1TextFill: text,
    quadrant2TextFill: text,
    quadrant3TextFill: text,
    quadrant4TextFill: text,
    quadrantPointFill: accent,
    quadrantInternalBorderStrokeFill: border,
    quadrantExternalBorderStrokeFill: border,
    faceColor: mix(background, hueOf(look, 3), 0.5),
    xyChart: { plotColorPalette: look.hues.join("|").replaceAll(/,\s*/g, " ").replaceAll("|", ",") },
    radar: { graticuleColor: muted, axisColor: muted },
    packet: {
      startByteColor: muted,
      endByteColor: muted,
      labelColor: text,
      titleColor: text,
      blockStrokeColor: border,
      blockFillColor: raised,
    },
    cynefin: {
      complexBg: areaColor(look, 0),
      complicatedBg: areaColor(look, 1),
      chaoticBg: areaColor(look, 2),
      clearBg: areaColor(look, 3),
      confusionBg: surface,
    },
  };
}

function hueOf({ hues, accent }: DiagramLook, i: number): string {
  return hues[i % hues.length] ?? accent;
}

function areaColor(look: DiagramLook, i: number): string {
  const [first = 0, again = 0] = look.isDark ? SHARES.dark : SHARES.light;
  return mix(look.background, hueOf(look, i), i < look.hues.length ? first : again);
}

/** A colour with a share (0 to 1) of another. */
function mix(color: string, other: string, share: number): string {
  const [from, to] = [channels(color), channels(other)];
  return `rgb(${from.map((value, i) => Math.round(value + ((to[i] ?? value) - value) * share)).join(", ")})`;
}

function channels(rgb: string): number[] {
  return (rgb.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}
