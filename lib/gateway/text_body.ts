/** Characters that may wait for a slow reader before the writer has to. */
const MAX_PENDING = 256 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A response body that is written as text, or as bytes that are text already. What is written while the reader is busy goes out
 * as one chunk; a reader that waits gets each piece at once.
 */
export class TextBody {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  #pending = "";
  /** True while a read waits for text. */
  #wanted = false;
  #state: "open" | "ending" | "closed" = "open";
  #error: Error | undefined;
  #drained: (() => void) | undefined;

  /** `onCancel` is called when the reader leaves. */
  constructor(onCancel: () => void) {
    this.readable = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => this.#pull(),
      cancel: () => {
        this.#state = "closed";
        this.#pending = "";
        this.#release();
        onCancel();
      },
    }, { highWaterMark: 0 });
  }

  /** Writes. Where too much waits for the reader, the answer is a promise to await before writing more. */
  write(text: string): Promise<void> | undefined {
    if (this.#state !== "open") return undefined;
    this.#pending += text;
    if (this.#wanted) this.#flush();
    if (this.#pending.length < MAX_PENDING) return undefined;
    return new Promise((resolve) => this.#drained = resolve);
  }

  /** The same for bytes, which to a reader that waits go as they are. */
  writeBytes(bytes: Uint8Array<ArrayBuffer>): Promise<void> | undefined {
    if (this.#state !== "open") return undefined;
    if (!this.#wanted || this.#pending !== "") return this.write(decoder.decode(bytes));
    this.#wanted = false;
    this.#controller?.enqueue(bytes);
    return undefined;
  }

  /** Writes only to a reader that waits; a comment nobody waits for is not worth keeping. */
  writeIfWanted(text: string): void {
    if (this.#wanted) this.write(text);
  }

  /** Ends the body once everything written was read; with an error it breaks off. */
  end(error?: Error): void {
    if (this.#state !== "open") return;
    this.#state = "ending";
    this.#error = error;
    if (this.#pending === "") this.#close();
  }

  #pull(): void {
    if (this.#pending === "") this.#wanted = true;
    else this.#flush();
    if (this.#state === "ending" && this.#pending === "") this.#close();
  }

  #flush(): void {
    const text = this.#pending;
    this.#pending = "";
    this.#wanted = false;
    this.#controller?.enqueue(encoder.encode(text));
    this.#release();
  }

  #close(): void {
    this.#state = "closed";
    this.#wanted = false;
    if (this.#error) this.#controller?.error(this.#error);
    else this.#controller?.close();
  }

  #release(): void {
    this.#drained?.();
    this.#drained = undefined;
  }
}
