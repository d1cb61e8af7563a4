import v8 from "node:v8";
import vm from "node:vm";

/** Runs the garbage collector, as it does by itself in any process that lives for a while. */
export function collectGarbage(): void {
  v8.setFlagsFromString("--expose-gc");
  const collect: unknown = vm.runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("The garbage collector cannot be called");
  collect();
}
