import type { Validate } from "../../lib/studio/mod.ts";

/** Lets every version pass, for tests of what comes after the checks, which take seconds. */
export const unchecked: Validate = {
  async *all() {
    yield await Promise.resolve({ type: "validation:start", checks: [] });
    return { outcome: "passed", results: [], repairs: 0 };
  },
  async *early() {},
};
