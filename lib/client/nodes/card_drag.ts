import type { NodeOrder } from "./node_order.ts";

/** px that a pointer moves before a press becomes a drag. */
const THRESHOLD = 6;
/** px from the edge of what scrolls within which it scrolls by itself, and px a frame. */
const EDGE = 56;
const SCROLL_STEP = 10;

interface Press {
  id: string;
  card: HTMLElement;
  pointerId: number;
  /** Where the pointer was. */
  x: number;
  y: number;
}

/**
 * Moves cards with a pointer: with the mouse anywhere on a card, with fingers by its handle, so that the rest scrolls. A copy of the
 * card follows the pointer; what it would be dropped on is marked.
 */
export class CardDrag {
  readonly #list: HTMLElement;
  readonly #order: NodeOrder;
  readonly #report: (error: unknown) => void;
  readonly #ending = new AbortController();
  #press: Press | null = null;
  #dragging: AbortController | undefined;
  #ghost: HTMLElement | null = null;
  #frame = 0;
  #at = { x: 0, y: 0 };

  constructor(list: HTMLElement, order: NodeOrder, report: (error: unknown) => void) {
    this.#list = list;
    this.#order = order;
    this.#report = report;
    list.addEventListener("pointerdown", (event) => this.#down(event), { signal: this.#ending.signal });
  }

  stop(): void {
    this.#ending.abort();
    this.#end();
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0 || this.#press || !(event.target instanceof Element)) return;
    const item = event.target.closest<HTMLElement>("[data-node]");
    const card = item?.querySelector<HTMLElement>("article");
    const handle = event.target.closest("[data-handle]");
    const id = item?.dataset["node"];
    if (!card || id === undefined || !item?.querySelector("[data-handle]")) return;
    if (!handle && (event.pointerType !== "mouse" || event.target.closest("button, summary"))) return;
    this.#press = { id, card, pointerId: event.pointerId, x: event.clientX, y: event.clientY };
    this.#dragging = new AbortController();
    const { signal } = this.#dragging;
    document.addEventListener("pointermove", (event) => this.#move(event), { signal });
    document.addEventListener("pointerup", (event) => this.#up(event), { signal });
    document.addEventListener("pointercancel", () => this.#cancel(), { signal });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#ghost) return;
      event.preventDefault();
      event.stopPropagation();
      this.#cancel();
    }, { signal, capture: true });
  }

  #move(event: PointerEvent): void {
    const press = this.#press;
    if (!press || event.pointerId !== press.pointerId) return;
    this.#at = { x: event.clientX, y: event.clientY };
    if (!this.#ghost) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < THRESHOLD) return;
      if (!this.#begin(press)) return this.#end();
    }
    event.preventDefault();
    this.#frame ||= requestAnimationFrame(() => this.#follow());
  }

  #begin({ id, card, pointerId }: Press): boolean {
    const { left, top, width, height } = card.getBoundingClientRect();
    const ghost = copyOf(card);
    if (!this.#order.lift(id, true)) return false;
    Object.assign(ghost.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    ghost.classList.add("node-card--ghost");
    // Within the page, what blurs its background would be what it is placed in.
    document.body.append(ghost);
    this.#ghost = ghost;
    this.#list.toggleAttribute("data-dragging", true);
    // The list stays where it is, whatever becomes of the card.
    this.#list.setPointerCapture(pointerId);
    return true;
  }

  /** Moves the copy, scrolls at the edges, and marks where the pointer is. */
  #follow(): void {
    this.#frame = 0;
    const press = this.#press;
    if (!press || !this.#ghost) return;
    const { x, y } = this.#at;
    this.#ghost.style.transform = `translate(${x - press.x}px, ${y - press.y}px)`;
    this.#moveOver(document.elementFromPoint(x, y), press.id);
    if (this.#scroll(y)) this.#frame = requestAnimationFrame(() => this.#follow());
  }

  /** Over another node the card joins that one's tier, over the heading of a tier it gets one of its own before it. */
  #moveOver(element: Element | null, id: string): void {
    const { node, gap } = element?.closest<HTMLElement>("[data-node], [data-gap]")?.dataset ?? {};
    if (gap !== undefined) this.#order.moveToGap(Number(gap));
    else if (node !== undefined && node !== id) this.#order.moveInto(node);
  }

  #scroll(y: number): boolean {
    const frame = this.#list.closest("main");
    if (!frame) return false;
    const { top, bottom } = frame.getBoundingClientRect();
    const step = y < top + EDGE ? -SCROLL_STEP : y > bottom - EDGE ? SCROLL_STEP : 0;
    if (step === 0) return false;
    const before = frame.scrollTop;
    frame.scrollTop += step;
    return frame.scrollTop !== before;
  }

  #up(event: PointerEvent): void {
    if (event.pointerId !== this.#press?.pointerId) return;
    if (this.#ghost) {
      swallowNextClick();
      this.#order.drop().catch(this.#report);
    }
    this.#end();
  }

  #cancel(): void {
    if (this.#ghost) {
      swallowNextClick();
      this.#order.cancel();
    }
    this.#end();
  }

  #end(): void {
    this.#dragging?.abort();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#ghost?.remove();
    this.#list.removeAttribute("data-dragging");
    this.#ghost = null;
    this.#press = null;
  }
}

/** A card to look at, with what its canvas shows. */
function copyOf(card: HTMLElement): HTMLElement {
  const copy = card.cloneNode(true) as HTMLElement;
  copy.removeAttribute("aria-labelledby");
  copy.inert = true;
  for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
  const canvases = card.querySelectorAll("canvas");
  for (const [i, canvas] of copy.querySelectorAll("canvas").entries()) {
    const original = canvases[i];
    if (original && original.width > 0) canvas.getContext("2d")?.drawImage(original, 0, 0);
  }
  return copy;
}

/** The end of a drag over a card is no click on it. */
function swallowNextClick(): void {
  const ending = new AbortController();
  document.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true, signal: ending.signal });
  setTimeout(() => ending.abort());
}
