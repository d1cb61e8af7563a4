import { setImmediate } from "node:timers";
import { FakeClock } from "../../lib/host/testing.ts";

/**
 * A clock that jumps from timer to timer, so that minutes pass in milliseconds. After each timer all that it set off goes as far
 * as it can before the next one fires.
 */
export class JumpClock extends FakeClock {
  /** Lets time pass until the promise is settled. Throws where nothing has come of it after `maxMs`. */
  async until<T>(promise: Promise<T>, maxMs = 300_000): Promise<T> {
    let isDone = false;
    const mark = () => isDone = true;
    promise.then(mark, mark);
    const end = this.now() + maxMs;
    await turn();
    while (!isDone) {
      if (this.now() >= end) throw new Error(`Nothing came of it in ${maxMs / 1000} s`);
      // What waits for the disk waits for no timer.
      if (this.timers > 0 && !this.fire(end)) this.jump(end);
      else await turn();
    }
    return await promise;
  }

  protected override goOn(): Promise<void> {
    return turn();
  }

  protected override settle(): Promise<void> {
    return turn();
  }
}

/** A turn of the event loop, by which all promises that can go on have done so. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
