// Not zip.js: an export arrives as a stream, and its directory stands at the end, which zip.js reads first.
import { Unzip, UnzipInflate } from "fflate";
import { FreshetError } from "../../shared/mod.ts";

/** Files of an export that hold chats; large accounts have several, conversations-000.json and so on. */
const CHATS = /(?:^|\/)(?:conversations|chats?|chat-export|freshet-chats)[\w -]*\.json$/i;
/** Bytes that are unpacked at a time: a thousandfold of them is the most that can come out. */
const STEP = 16 * 1024;

/** A file within the archive: its parts, the last of which is marked. */
export interface ZipPart {
  name: string;
  bytes: Uint8Array;
  isLast: boolean;
}

/** Unpacks the files with chats out of an archive that arrives in parts. Everything else is passed over unread. */
export class ZipFiles {
  #unzip: Unzip;
  #parts: ZipPart[] = [];
  #failure: unknown;

  constructor() {
    this.#unzip = new Unzip((file) => {
      if (!CHATS.test(file.name)) return;
      file.ondata = (error, bytes, isLast) => {
        if (error) this.#failure ??= error;
        else this.#parts.push({ name: file.name, bytes, isLast });
      };
      file.start();
    });
    this.#unzip.register(UnzipInflate);
  }

  /** What comes out with the next part. Throws `invalid_request` where the archive is damaged. */
  *push(bytes: Uint8Array, isEnd = false): Generator<ZipPart, void, undefined> {
    for (let at = 0; at < bytes.length || (isEnd && at === 0); at += STEP) {
      const step = bytes.slice(at, at + STEP);
      try {
        this.#unzip.push(step, isEnd && at + STEP >= bytes.length);
      } catch (error) {
        this.#failure ??= error;
      }
      if (this.#failure !== undefined) throw damaged(this.#failure);
      yield* this.#parts.splice(0);
    }
  }
}

function damaged(cause: unknown): FreshetError {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  return new FreshetError("invalid_request", `Cannot read the ZIP${why}`, { field: "file", cause });
}
