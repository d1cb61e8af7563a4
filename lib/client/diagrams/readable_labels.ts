/** Parts of a drawing whose author may have given them a colour of their own. */
const PARTS = "g.node, g.cluster, g.statediagram-cluster, g.actor";
const SHAPES = "rect, polygon, path, circle, ellipse";
/** Black or white is more readable on a colour of this luminance (WCAG). */
const MIDDLE = 0.179;

/**
 * Makes labels readable on colours that the source itself gives to a part: it was written for a page whose texts are dark, or light.
 * Where it gives the label a colour too, that stays.
 */
export function makeLabelsReadable(svg: SVGElement): void {
  for (const part of svg.querySelectorAll(PARTS)) {
    const shapes = [...part.querySelectorAll<SVGElement>(SHAPES)];
    const fill = shapes.map(({ style }) => style.fill).find((fill) => fill !== "" && fill !== "none");
    const color = fill === undefined ? null : labelColor(fill);
    if (color === null) continue;
    for (const text of part.querySelectorAll<SVGElement>("text, tspan")) {
      const { style } = text;
      const label = text.closest<SVGElement>("g.label");
      if (style.fill || style.color || label?.style.fill || label?.style.color) continue;
      style.setProperty("fill", color, "important");
    }
  }
}

/** Null for what is no colour, or one that the page shines through. */
function labelColor(fill: string): string | null {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen || !CSS.supports("color", fill)) return null;
  pen.fillStyle = fill;
  // Opaque colours come out as #rrggbb.
  const [, ...hex] = /^#(..)(..)(..)$/.exec(pen.fillStyle) ?? [];
  if (hex.length < 3) return null;
  const [r = 0, g = 0, b = 0] = hex.map((part) => linear(parseInt(part, 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > MIDDLE ? "#111111" : "#ffffff";
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
