import { FreshetError } from "../../shared/mod.ts";

/** So many characters that begin as the first answer did are its beginning once more, and no continuation of it. */
const REPLAY_CHARS = 24;

/**
 * Joins what another node writes to what was written already. A node that goes on is passed through, but for the white space
 * at the joint that both may have written. One that says everything once more, as servers do that know no continuation, is
 * held to it word by word: what was written is dropped, and another answer is an error.
 */
export class Splice {
  readonly #written: string;
  readonly #joint: string;
  #mode: "undecided" | "joint" | "replay" | "through";
  #held = "";
  /** Characters of the replay, or of the joint, that were met again. */
  #met = 0;

  /** `mayReplay` where it is not known that the node's server continues answers. */
  constructor(written: string, mayReplay: boolean) {
    this.#written = written;
    this.#joint = written.slice(written.trimEnd().length);
    this.#mode = mayReplay ? "undecided" : this.#joint === "" ? "through" : "joint";
  }

  /** What is new in a piece of text. Throws `upstream` where the node answers something else. */
  take(text: string): string {
    switch (this.#mode) {
      case "through":
        return text;
      case "joint":
        return this.#skipJoint(text);
      case "replay":
        return this.#compare(text);
      case "undecided":
        return this.#decide(text);
    }
  }

  /** What was held back, at the end of the answer. Throws `upstream` where a replay ended too early. */
  end(): string {
    if (this.#mode === "replay" && this.#met < this.#written.length) throw differs();
    const held = this.#held;
    this.#held = "";
    // Too short to tell, so it goes on; the white space at the joint is there already.
    return this.#mode === "undecided" ? this.#skipJoint(held) : held;
  }

  #decide(text: string): string {
    this.#held += text;
    // White space before an answer is what some servers trim.
    const lead = this.#written.length - this.#written.trimStart().length;
    const [begun, again] = [this.#written.slice(lead), this.#held.trimStart()];
    const compared = Math.min(again.length, begun.length);
    const isReplay = again.slice(0, compared) === begun.slice(0, compared);
    if (isReplay && compared < Math.min(REPLAY_CHARS, begun.length)) return "";
    const held = this.#held;
    this.#held = "";
    if (isReplay) {
      this.#mode = "replay";
      this.#met = lead;
      return this.take(again);
    }
    this.#mode = this.#joint === "" ? "through" : "joint";
    return this.take(held);
  }

  #compare(text: string): string {
    const rest = this.#written.slice(this.#met, this.#met + text.length);
    if (!text.startsWith(rest)) throw differs();
    this.#met += rest.length;
    if (this.#met === this.#written.length) this.#mode = "through";
    return text.slice(rest.length);
  }

  #skipJoint(text: string): string {
    let at = 0;
    while (at < text.length && this.#met < this.#joint.length && text[at] === this.#joint[this.#met]) {
      at++;
      this.#met++;
    }
    if (at < text.length || this.#met === this.#joint.length) this.#mode = "through";
    return text.slice(at);
  }
}

/** Another answer than the one that was begun. */
export class Differs extends FreshetError {}

function differs(): FreshetError {
  return new Differs("upstream", "The answer broke off, and the next node answered something else", {
    hint: "Try again, or continue from here",
  });
}
