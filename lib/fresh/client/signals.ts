import { computed, signal } from "@preact/signals";

/** Makes the signals in the props of islands; loaded only where there are any. */
export interface SignalFactory {
  signal: typeof signal;
  computed: typeof computed;
}

export { computed, signal };
