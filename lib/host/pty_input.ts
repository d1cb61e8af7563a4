/** What input is written to; the number of its file is no part of the library's types. */
interface Target {
  write(text: string): void;
  readonly fd?: number;
}

/** Bytes that may wait for a program which does not read. */
const PENDING_MAX = 1024 * 1024;
const RETRY_MS = 5;
/** Bytes of a write to a terminal that has room for some. */
const WRITE_BYTES = 4096;

/** Writes what a person types to a PTY. */
export interface PtyInput {
  /** False where too much waits already; then nothing of it is written. */
  write(text: string): boolean;
  close(): void;
}

/**
 * The input of a PTY. Deno's stream on a PTY never goes on once the terminal's buffer (4 KB) was full, as after a paste, so the
 * system is called for each write and asked again where it took less.
 */
export function openPtyInput(target: Target): PtyInput {
  const { fd } = target;
  const system = fd === undefined ? undefined : openSystem();
  if (fd === undefined || !system) {
    return { write: (text) => (target.write(text), true), close: () => {} };
  }
  return new SystemInput(fd, system);
}

const SYMBOLS = {
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  isatty: { parameters: ["i32"], result: "i32" },
} as const;

type System = Deno.DynamicLibrary<typeof SYMBOLS>;

/** The C library under the names it has on the systems there are. */
const LIBRARIES: Partial<Record<typeof Deno.build.os, readonly string[]>> = {
  linux: ["libc.so.6", `libc.musl-${Deno.build.arch}.so.1`],
  darwin: ["libSystem.B.dylib"],
};

function openSystem(): System | undefined {
  for (const name of LIBRARIES[Deno.build.os] ?? []) {
    try {
      return Deno.dlopen(name, SYMBOLS);
    } catch (error) {
      // Another C library, or a permission for the PTY's own only.
      if (!(error instanceof Error)) throw error;
    }
  }
  return undefined;
}

class SystemInput implements PtyInput {
  readonly #fd: number;
  readonly #system: System;
  readonly #encoder = new TextEncoder();
  #pending: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(fd: number, system: System) {
    this.#fd = fd;
    this.#system = system;
  }

  write(text: string): boolean {
    if (this.#isClosed) return true;
    const bytes = this.#encoder.encode(text);
    if (this.#size + bytes.length > PENDING_MAX) return false;
    this.#pending.push(bytes);
    this.#size += bytes.length;
    if (this.#timer === undefined) this.#flush();
    return true;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#pending = [];
    this.#system.close();
  }

  #flush(): void {
    this.#timer = undefined;
    const { write, isatty } = this.#system.symbols;
    for (let first = this.#pending[0]; first; first = this.#pending[0]) {
      // The program may have gone a moment ago, and its number been given to another file.
      if (isatty(this.#fd) !== 1) return this.close();
      const part = first.subarray(0, WRITE_BYTES);
      const written = Number(write(this.#fd, part, BigInt(part.length)));
      if (written <= 0) {
        this.#timer = setTimeout(() => this.#flush(), RETRY_MS);
        return;
      }
      this.#size -= written;
      if (written === first.length) this.#pending.shift();
      else this.#pending[0] = first.subarray(written);
    }
  }
}
