import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { FreshetError } from "../../../shared/mod.ts";
import type { Clock } from "../../clock.ts";
import { ConsoleLog } from "./console_log.ts";
import type { Device } from "./devices.ts";
import type { BridgeMessage, Envelope, PanelMessage, PickedElement } from "./messages.ts";
import { nonceOf, type PreviewAddress, type PreviewApi } from "./preview_api.ts";
import { readBridgeMessage } from "./read_message.ts";

/** A page that says nothing for so long (ms) is stuck, or is no page of ours any more. */
const PATIENCE_MS = 8000;
/** So long (ms) a picture may take. */
const PICTURE_MS = 8000;

/** Where a preview stands; `silent` is shown but does not answer. */
export type PreviewState = "empty" | "loading" | "ready" | "silent" | "failed";

/** What a `PreviewModel` needs. */
export interface PreviewModelOptions {
  projectId: string;
  api: Pick<PreviewApi, "address">;
  clock: Clock;
  onPick(element: PickedElement): void;
}

/** What pointing at an element has come to: `on` while it goes on, `off` where it was given up, else the element; null before. */
export type PickState = "on" | "off" | PickedElement | null;

/** The part of a frame's window that is used. */
export interface PreviewWindow {
  postMessage(message: unknown, targetOrigin: string): void;
}

/** A load of a preview: another one for every version and every reload, and with it another frame. */
interface Load {
  id: number;
  address: PreviewAddress;
}

/** The preview of a version in its frame. */
export class PreviewModel {
  readonly console = new ConsoleLog();
  readonly device: Signal<Device> = signal("responsive");

  readonly #options: PreviewModelOptions;
  readonly #state: Signal<PreviewState> = signal("empty");
  readonly #load: Signal<Load | null> = signal(null);
  readonly #pick: Signal<PickState> = signal(null);
  readonly #failure: Signal<FreshetError | null> = signal(null);
  #versionId: string | null = null;
  #asked = 0;
  #window: PreviewWindow | null = null;
  #cancelPatience: (() => void) | undefined;
  #onPicture: ((image: string) => void) | undefined;

  readonly isShown: ReadonlySignal<boolean> = computed(() => this.#load.value !== null);
  /** Whether the next click in the preview picks an element. */
  readonly picking: ReadonlySignal<boolean> = computed(() => this.#pick.value === "on");

  constructor(options: PreviewModelOptions) {
    this.#options = options;
  }

  get state(): ReadonlySignal<PreviewState> {
    return this.#state;
  }

  /** What the frame shows. */
  get load(): ReadonlySignal<Load | null> {
    return this.#load;
  }

  get pick(): ReadonlySignal<PickState> {
    return this.#pick;
  }

  /** Why it cannot be shown. */
  get failure(): ReadonlySignal<FreshetError | null> {
    return this.#failure;
  }

  /** Shows a version; null shows none. */
  async show(versionId: string | null): Promise<void> {
    if (versionId === this.#versionId) return;
    this.#versionId = versionId;
    await this.reload();
  }

  /** Loads the version anew, with a token that lasts. */
  async reload(): Promise<void> {
    const ask = ++this.#asked;
    const versionId = this.#versionId;
    this.#reset();
    if (versionId === null) return this.#become("empty", null);
    this.#state.value = "loading";
    try {
      const address = await this.#options.api.address(this.#options.projectId, versionId);
      if (ask !== this.#asked) return;
      this.console.clear();
      this.#become("loading", { id: ask, address });
      this.#cancelPatience = this.#options.clock.after(PATIENCE_MS, () => this.#state.value = "silent");
    } catch (error) {
      if (ask !== this.#asked) return;
      if (!(error instanceof FreshetError)) throw error;
      this.#failure.value = error;
      this.#become("failed", null);
    }
  }

  /** The window of the frame that shows the current load; null when it goes. */
  attach(window: PreviewWindow | null): void {
    this.#window = window;
  }

  /** Takes a message of the page's window: what does not come from the frame, with its nonce, is nobody's. */
  receive({ source, data }: Pick<MessageEvent, "source" | "data">): void {
    const load = this.#load.peek();
    if (!load || this.#window === null || source !== this.#window) return;
    const message = readBridgeMessage(data, nonceOf(load.address));
    if (message) this.#take(message);
  }

  /** Begins or ends picking an element. */
  setPicking(on: boolean): void {
    const begins = on && this.isShown.peek();
    if (begins || this.picking.peek()) this.#pick.value = begins ? "on" : "off";
    this.#post({ type: "pick", on: begins });
  }

  /** A picture of the preview as a `data:` URL; "" where none can be taken. */
  async takePicture(): Promise<string> {
    this.#onPicture?.("");
    const { promise, resolve } = Promise.withResolvers<string>();
    const cancel = this.#options.clock.after(PICTURE_MS, () => resolve(""));
    this.#onPicture = resolve;
    this.#post({ type: "capture" });
    const image = await promise;
    cancel();
    return image;
  }

  /** Ends what waits. */
  close(): void {
    this.#asked++;
    this.#reset();
  }

  #take(message: BridgeMessage): void {
    switch (message.type) {
      case "ready":
        this.#cancelPatience?.();
        this.#state.value = "ready";
        // Another page of the preview does not know of it yet.
        if (this.picking.peek()) this.#post({ type: "pick", on: true });
        break;
      case "picked":
        if (!this.picking.peek()) return;
        this.#pick.value = message.element;
        this.#options.onPick(message.element);
        break;
      case "pick:cancelled":
        this.#pick.value = "off";
        break;
      case "captured":
        this.#onPicture?.(message.image);
        this.#onPicture = undefined;
        break;
      default:
        this.console.add(message);
    }
  }

  /** The frame's origin equals none, so that none can be named; the nonce is no secret to the frame. */
  #post(message: PanelMessage): void {
    const load = this.#load.peek();
    if (!load) return;
    const envelope: Envelope<PanelMessage> = { ...message, freshet: nonceOf(load.address) };
    this.#window?.postMessage(envelope, "*");
  }

  #become(state: PreviewState, load: Load | null): void {
    this.#load.value = load;
    this.#state.value = state;
  }

  #reset(): void {
    this.#cancelPatience?.();
    this.#pick.value = null;
    this.#failure.value = null;
    this.#onPicture?.("");
    this.#onPicture = undefined;
  }
}
