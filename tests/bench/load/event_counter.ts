const LF = 10;

/** Counts server-sent events by the empty line behind each, wherever the bytes are cut. */
export class EventCounter {
  total = 0;
  #last = 0;

  /** How many events end in these bytes. */
  push(bytes: Uint8Array): number {
    let count = 0;
    let last = this.#last;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === LF && last === LF) count++;
      last = byte;
    }
    this.#last = last;
    this.total += count;
    return count;
  }
}
