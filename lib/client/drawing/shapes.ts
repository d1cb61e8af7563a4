/** A place on a drawing, in its own units: independent of how large it is shown. */
export interface Point {
  x: number;
  y: number;
}

/** The colours of a drawing. Always on white or over a preview, so they are the same in every theme. */
export const COLOURS = {
  ink: "#1b2330",
  grey: "#8a94a3",
  red: "#d92d3a",
  green: "#1a8a4a",
  blue: "#2364d2",
} as const;

/** The name of a colour. */
export type Colour = keyof typeof COLOURS;

/** What draws from one point to another. */
const SPAN_TOOLS = ["line", "arrow", "rectangle", "ellipse"] as const;

/** What can be done to a drawing with a pointer. */
export const TOOLS = ["pen", ...SPAN_TOOLS, "text", "eraser"] as const;

/** One of `TOOLS`. */
export type Tool = typeof TOOLS[number];

/** Something on a drawing. Widths and sizes are in the drawing's units. */
export type Shape =
  | { type: "pen"; points: Point[]; colour: Colour; width: number }
  | { type: typeof SPAN_TOOLS[number]; from: Point; to: Point; colour: Colour; width: number }
  /** `at` is the upper left corner of the text. */
  | { type: "text"; at: Point; text: string; colour: Colour; size: number };
