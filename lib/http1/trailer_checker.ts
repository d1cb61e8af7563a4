import { ProtocolError } from "./errors.ts";
import { isFieldText, isToken } from "./field.ts";
import { MAX_TRAILER_BYTES } from "./limits.ts";

const LF = 10;
const CR = 13;
const COLON = 58;

/** What the next byte belongs to. */
const enum State {
  LineStart,
  Name,
  Value,
  ValueLf,
  LastLf,
}

/** Checks a trailer section byte by byte. What it says is dropped: nothing in Freshet asks for it, and merging it is a risk. */
export class TrailerChecker {
  #state = State.LineStart;
  #count = 0;

  /** Takes the next byte; true when it was the last one of the section. */
  push(byte: number): boolean {
    this.#count++;
    if (this.#count > MAX_TRAILER_BYTES) throw new ProtocolError("Cannot parse trailer: it is too long");
    switch (this.#state) {
      case State.LineStart:
        if (byte === CR) this.#state = State.LastLf;
        else this.#state = nameByte(byte);
        return false;
      case State.Name:
        this.#state = byte === COLON ? State.Value : nameByte(byte);
        return false;
      case State.Value:
        if (byte === CR) this.#state = State.ValueLf;
        else if (!isFieldText(String.fromCharCode(byte))) throw unexpected(byte);
        return false;
      default:
        if (byte !== LF) throw unexpected(byte);
        if (this.#state === State.LastLf) return true;
        this.#state = State.LineStart;
        return false;
    }
  }
}

function nameByte(byte: number): State {
  if (!isToken(String.fromCharCode(byte))) throw unexpected(byte);
  return State.Name;
}

function unexpected(byte: number): ProtocolError {
  return new ProtocolError(`Cannot parse trailer: unexpected byte ${byte}`);
}
