import { asset } from "fresh/runtime";
import { cleanSvg } from "./clean_svg.ts";
import type { DiagramLook } from "./diagram_theme.ts";
import { makeLabelsReadable } from "./readable_labels.ts";

type Drawer = typeof import("../workers/draw_diagram.ts");

/** A drawing with its styles. */
export interface CleanDrawing {
  svg: SVGElement;
  css: string;
}

/** What a label may hold, but no XML; a picture with one of these is not shown at all. */
const NO_XML = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu;

let drawer: Promise<Drawer> | undefined;

/** Whether what draws could not be fetched; it is tried again with the next diagram. */
export function isDrawerMissing(): boolean {
  return drawer === undefined;
}

/** Draws a source, with nothing in it that runs or loads something. Throws an error that says where it cannot be read. */
export async function drawSource(source: string, look: DiagramLook): Promise<CleanDrawing> {
  const { drawDiagram } = await (drawer ??= load());
  const drawing = await drawDiagram(source, look);
  const svg = cleanSvg(drawing.svg);
  if (!svg) throw new Error("Nothing was drawn");
  makeLabelsReadable(svg);
  return { svg, css: drawing.css };
}

/** The width that a drawing has by itself, in px; 0 where it says none. */
export function ownWidth(svg: SVGElement): number {
  return Number(svg.getAttribute("viewBox")?.split(/[\s,]+/)[2]) || 0;
}

/** A drawing as a file. */
export function svgFile(drawing: CleanDrawing): string {
  // In a document of its own, whose styles nothing applies.
  const apart = new DOMParser().parseFromString("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml");
  const svg = apart.importNode(drawing.svg, true);
  const style = apart.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = drawing.css;
  svg.prepend(style);
  svg.style.removeProperty("min-width");
  const [, , width, height] = svg.getAttribute("viewBox")?.split(/[\s,]+/) ?? [];
  if (width && height) {
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
  }
  return new XMLSerializer().serializeToString(svg).replaceAll(NO_XML, "");
}

function load(): Promise<Drawer> {
  const loading: Promise<Drawer> = import(asset("/gen/diagrams/draw.js"));
  loading.catch(() => drawer = undefined);
  return loading;
}
