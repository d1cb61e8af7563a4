import { finder } from "@medv/finder";
import { LONGEST, type PickedElement, shorten } from "../messages.ts";
import { Outline } from "./outline.ts";
import type { PanelPort } from "./port.ts";

/** Lets a person point at an element instead of using the page: with a pointer, or with arrow keys and Enter. */
export class Picker {
  readonly #port: PanelPort;
  readonly #outline = new Outline();
  #ending: AbortController | null = null;
  #target: Element | null = null;

  constructor(port: PanelPort) {
    this.#port = port;
  }

  /** Begins or ends it. */
  set(on: boolean): void {
    this.#ending?.abort();
    this.#ending = null;
    this.#outline.hide();
    this.#target = null;
    if (on) this.#begin();
  }

  #begin(): void {
    const ending = this.#ending = new AbortController();
    const options = { capture: true, signal: ending.signal };
    const hold = (event: Event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    for (
      const type of ["pointerdown", "pointerup", "mousedown", "mouseup", "dblclick", "submit", "focusin"]
    ) {
      document.addEventListener(type, hold, options);
    }
    document.addEventListener("pointermove", ({ clientX, clientY }) => {
      this.#show(document.elementFromPoint(clientX, clientY));
    }, options);
    document.addEventListener("click", (event) => {
      hold(event);
      this.#pick(event.target instanceof Element ? event.target : this.#target);
    }, options);
    document.addEventListener("keydown", (event) => {
      hold(event);
      this.#press(event.key);
    }, options);
    document.addEventListener("scroll", () => this.#show(this.#target), options);
    this.#show(document.body.firstElementChild ?? document.body);
  }

  #press(key: string): void {
    const target = this.#target ?? document.body;
    if (key === "Enter" || key === " ") this.#pick(target);
    else if (key === "Escape") this.#end({ type: "pick:cancelled" });
    else this.#show(neighbour(target, key));
  }

  #show(element: Element | null): void {
    this.#target = element;
    if (element) this.#outline.around(element);
  }

  #pick(element: Element | null): void {
    if (element) this.#end({ type: "picked", element: describe(element) });
  }

  #end(message: Parameters<PanelPort["send"]>[0]): void {
    this.set(false);
    this.#port.send(message);
  }
}

/** The element that an arrow key leads to; the same one where there is none. */
function neighbour(element: Element, key: string): Element {
  const next = key === "ArrowUp"
    ? element.parentElement
    : key === "ArrowDown"
    ? element.firstElementChild
    : key === "ArrowLeft"
    ? element.previousElementSibling
    : key === "ArrowRight"
    ? element.nextElementSibling
    : null;
  return next && next !== document.documentElement ? next : element;
}

function describe(element: Element): PickedElement {
  const text = element instanceof HTMLElement ? element.innerText : element.textContent;
  return {
    selector: shorten(finder(element, { timeoutMs: 200 }), LONGEST.label),
    tag: element.tagName.toLowerCase(),
    text: shorten((text ?? "").trim().replaceAll(/\s+/g, " "), LONGEST.label),
    html: shorten(element.outerHTML, LONGEST.html),
  };
}
