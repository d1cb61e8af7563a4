import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { UiSettingsModel } from "./ui_settings.ts";

/** A panel that lies over the page on small screens. */
export type Drawer = "sidebar" | "panel";

/** Below this width (px) the chat list is a drawer. */
const SIDEBAR_WIDTH = 768;
/** Below this width (px) the settings are a dialog or a bottom sheet. */
const PANEL_WIDTH = 1024;

/** Which panels are shown: beside the chat on large screens, a choice that is kept; over it on small ones, one at a time. */
export class LayoutModel {
  readonly #drawer = signal<Drawer | null>(null);
  readonly #settings: UiSettingsModel;
  #opener: Element | null = null;

  constructor(settings: UiSettingsModel) {
    this.#settings = settings;
  }

  get drawer(): ReadonlySignal<Drawer | null> {
    return this.#drawer;
  }

  /** Opens or closes a panel. */
  toggle(panel: Drawer): void {
    const isOver = globalThis.innerWidth < (panel === "sidebar" ? SIDEBAR_WIDTH : PANEL_WIDTH);
    if (isOver) {
      if (!this.close()) this.#open(panel);
      return;
    }
    const { sidebar, runSettingsPanel } = this.#settings.values.peek();
    this.#settings.change(
      panel === "sidebar" ? { sidebar: !sidebar } : { runSettingsPanel: !runSettingsPanel },
    );
  }

  /** Closes what lies over the page; false where nothing does. */
  close(): boolean {
    if (this.#drawer.peek() === null) return false;
    this.#drawer.value = null;
    if (this.#opener instanceof HTMLElement) this.#opener.focus();
    return true;
  }

  /** Keeps the frame's attributes as the panels are; returns what ends that. */
  bind(app: HTMLElement): () => void {
    return effect(() => {
      const { sidebar, runSettingsPanel } = this.#settings.values.value;
      const drawer = this.#drawer.value;
      app.dataset.sidebar = sidebar ? "open" : "closed";
      app.dataset.panel = runSettingsPanel ? "open" : "closed";
      app.dataset.drawer = drawer ?? "";
      const skipLink = app.previousElementSibling;
      for (const part of [skipLink, ...app.children]) {
        if (part instanceof HTMLElement) part.inert = drawer !== null && !belongsTo(part, drawer);
      }
    });
  }

  #open(panel: Drawer): void {
    this.#opener = document.activeElement;
    this.#drawer.value = panel;
    const target = document.querySelector<HTMLElement>(`[data-part="${panel}"] [data-first-focus]`);
    // It can take the focus only once it is shown.
    requestAnimationFrame(() => target?.focus());
  }
}

function belongsTo(part: HTMLElement, drawer: Drawer): boolean {
  return part.dataset.part === drawer || part.dataset.part === "overlays";
}
