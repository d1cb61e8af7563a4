import type { Translate } from "../../shared/texts/mod.ts";
import { type CleanDrawing, drawSource, isDrawerMissing, ownWidth, svgFile } from "./draw_source.ts";
import { currentLook, onLookChange } from "./look.ts";

const FRAME = ":host{display:block;overflow-x:auto}svg{display:block;max-width:100%;height:auto;margin:auto}";
/** Of its own size, at which texts have 14 px. */
const LEAST_SCALE = 0.7;

/** A diagram on the page. */
interface Shown {
  source: string;
  host: HTMLElement;
  drawing: CleanDrawing;
}

const shown = new Set<WeakRef<HTMLElement>>();
const drawings = new WeakMap<HTMLElement, Shown>();
let follows = false;

/**
 * Shows a code block as the diagram that it describes, with buttons for its source and for keeping it as a file. A source that
 * cannot be read stays, with what is wrong in it.
 */
export async function showDiagram(figure: HTMLElement, t: Translate): Promise<void> {
  const source = figure.querySelector("code")?.textContent ?? "";
  const drawing = await draw(source).catch((error: unknown) => {
    if (error instanceof TypeError && isDrawerMissing()) return null;
    tellProblem(figure, error, t);
    return null;
  });
  if (!drawing || !figure.isConnected || drawings.has(figure)) return;
  const host = document.createElement("div");
  host.className = "diagram";
  // It may be wider than the page: then it is scrolled by keys too.
  host.tabIndex = 0;
  host.attachShadow({ mode: "open" });
  put(host, drawing, t);
  drawings.set(figure, { source, host, drawing });
  shown.add(new WeakRef(figure));
  figure.append(host);
  figure.classList.add("code-block--diagram");
  addButtons(figure, t);
  followLook(t);
}

async function draw(source: string): Promise<CleanDrawing> {
  const drawing = await drawSource(source, currentLook());
  keepLegible(drawing.svg);
  return drawing;
}

/** A wide drawing is scrolled rather than made smaller than its texts can be read. */
function keepLegible(svg: SVGElement): void {
  svg.style.minWidth = `${Math.round(ownWidth(svg) * LEAST_SCALE)}px`;
}

/** Within a shadow root styles hold for the drawing only, and constructed ones need no exception from the page's policy. */
function put({ shadowRoot }: HTMLElement, { svg, css }: CleanDrawing, t: Translate): void {
  if (!shadowRoot) return;
  svg.setAttribute("role", "img");
  if (!svg.hasAttribute("aria-labelledby")) svg.setAttribute("aria-label", t("diagram"));
  shadowRoot.adoptedStyleSheets = [FRAME, css].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  shadowRoot.replaceChildren(svg);
}

function addButtons(figure: HTMLElement, t: Translate): void {
  const actions = document.createElement("span");
  actions.className = "code-actions";
  const toggle = button(t("diagram.source"), () => {
    const isSource = figure.classList.toggle("code-block--source");
    toggle.textContent = t(isSource ? "diagram.show" : "diagram.source");
  });
  actions.append(toggle, button(t("diagram.download"), () => download(figure)));
  const copy = figure.querySelector("[data-copy]");
  figure.querySelector("figcaption")?.append(actions);
  if (copy) actions.append(copy);
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "code-copy";
  made.textContent = label;
  made.addEventListener("click", onClick);
  return made;
}

function download(figure: HTMLElement): void {
  const found = drawings.get(figure);
  if (!found) return;
  const text = svgFile(found.drawing);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  link.download = "diagram.svg";
  link.click();
  URL.revokeObjectURL(link.href);
}

function tellProblem(figure: HTMLElement, error: unknown, t: Translate): void {
  if (!figure.isConnected || figure.querySelector(".diagram-problem")) return;
  const problem = document.createElement("div");
  problem.className = "diagram-problem";
  problem.setAttribute("role", "note");
  const title = document.createElement("strong");
  title.textContent = t("diagram.failed");
  const details = document.createElement("pre");
  details.tabIndex = 0;
  details.textContent = error instanceof Error ? error.message : String(error);
  problem.append(title, details);
  figure.append(problem);
}

/** Draws all diagrams anew when the page changes its colours. */
function followLook(t: Translate): void {
  if (follows) return;
  follows = true;
  onLookChange(() => redraw(t).catch(reportError));
}

async function redraw(t: Translate): Promise<void> {
  for (const reference of shown) {
    const figure = reference.deref();
    const found = figure?.isConnected ? drawings.get(figure) : undefined;
    if (!figure || !found) {
      shown.delete(reference);
      continue;
    }
    const drawing = await draw(found.source);
    drawings.set(figure, { ...found, drawing });
    put(found.host, drawing, t);
  }
}
