import type { Holds } from "./holds.ts";
import type { KeepAlive, Watch } from "./keep_alive.ts";
import { TextBody } from "./text_body.ts";

/** When the headers of an answer go out, and what keeps it alive from then on. */
export interface HeldBodyOptions {
  keepAlive: KeepAlive;
  /** After one of these the headers go out, whatever has come until then. */
  holds: Holds;
  /** Text without a meaning, sent in silence. */
  filler: string;
  /** Told when the reader leaves. */
  onCancel: () => void;
}

/**
 * A body whose headers are held back, so that a failure gets the status that fits, but not for long: `Deno.serve` (2.9.6)
 * notices that the client of a POST has left only once the headers are out, and proxies cut what stays silent.
 */
export class HeldBody {
  #options: HeldBodyOptions;
  #body: TextBody;
  #opening = Promise.withResolvers<void>();
  #cancelHold: () => void;
  #watch: Watch | undefined;

  constructor(options: HeldBodyOptions) {
    this.#options = options;
    this.#body = new TextBody(options.onCancel);
    this.#cancelHold = options.holds.start(() => this.open());
  }

  /** Resolves when the headers may go out. */
  get opened(): Promise<void> {
    return this.#opening.promise;
  }

  /** True once the headers may have gone out, so that no status can be given any more. */
  get isOpen(): boolean {
    return this.#watch !== undefined;
  }

  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#body.readable;
  }

  /** Lets the headers go. */
  open(): void {
    if (this.#watch) return;
    this.#cancelHold();
    const { keepAlive, filler } = this.#options;
    this.#watch = keepAlive.watch(() => this.#body.writeIfWanted(filler));
    this.#opening.resolve();
  }

  /** Writes, after the headers have gone; a promise is to be awaited before more is written. */
  write(text: string): Promise<void> | undefined {
    this.open();
    this.#watch?.touch();
    return this.#body.write(text);
  }

  /** The same for bytes that are whole characters. */
  writeBytes(bytes: Uint8Array<ArrayBuffer>): Promise<void> | undefined {
    this.open();
    this.#watch?.touch();
    return this.#body.writeBytes(bytes);
  }

  /** Ends what was written; with an error, the connection breaks off so that nobody takes it for whole. */
  end(error?: Error): void {
    this.#body.end(error);
  }

  /** Ends the timers. */
  stop(): void {
    this.#cancelHold();
    this.#watch?.stop();
  }
}
