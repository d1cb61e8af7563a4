/** ms between two frames of one socket at least: about those of a screen. */
const FRAME_MS = 16;
/** Frames that the process sends in a ms at most; a core manages about twice as many. */
const FRAMES_PER_MS = 20;
const FRAME_MS_MAX = 200;

/** How many follow runs over the sockets of this process: a crowd gets larger frames less often, so that all keep up. */
export class Audience {
  #following = 0;

  /** One more follows a run. */
  join(): void {
    this.#following++;
  }

  leave(): void {
    this.#following--;
  }

  /** ms between two frames of one socket at least, as it is now. */
  get frameMs(): number {
    return Math.min(FRAME_MS_MAX, Math.max(FRAME_MS, this.#following / FRAMES_PER_MS));
  }
}
