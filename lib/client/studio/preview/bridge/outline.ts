/** The frame around the element that would be picked, in a shadow tree that the page's styles do not reach. */
export class Outline {
  readonly #host = document.createElement("freshet-outline");
  readonly #frame = document.createElement("div");
  readonly #label = document.createElement("div");

  constructor() {
    this.#host.setAttribute("aria-hidden", "true");
    this.#host.style.cssText = "all:initial;position:fixed;inset:0;z-index:2147483647;pointer-events:none";
    this.#frame.style.cssText =
      "position:absolute;box-sizing:border-box;outline:2px solid #0a66b8;box-shadow:0 0 0 4px #fff;background:#0a66b833";
    this.#label.style.cssText =
      "position:absolute;max-width:90%;padding:2px 6px;background:#0a66b8;color:#fff;font:600 12px/1.4 system-ui";
    this.#host.attachShadow({ mode: "closed" }).append(this.#frame, this.#label);
  }

  around(element: Element): void {
    const { left, top, width, height } = element.getBoundingClientRect();
    Object.assign(this.#frame.style, px({ left, top, width, height }));
    this.#label.textContent = `${element.tagName.toLowerCase()} ${Math.round(width)} × ${Math.round(height)}`;
    Object.assign(this.#label.style, px({ left: Math.max(left, 0), top: top >= 24 ? top - 24 : 0 }));
    if (!this.#host.isConnected) document.documentElement.append(this.#host);
  }

  hide(): void {
    this.#host.remove();
  }
}

function px(values: Record<string, number>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `${value}px`]));
}
