/** The assertions of Node, which narrow types; what else of Node a project may import is of any type. */
export const NODE_TYPES = ["node:assert", "node:assert/strict"].map((name) => `
declare module "${name}" {
  type Check = (...given: any[]) => any;
  type Claim = (value: unknown, message?: string | Error) => asserts value;
  interface Assert {
    (value: unknown, message?: string | Error): asserts value;
    ok(value: unknown, message?: string | Error): asserts value;
    [check: string]: any;
  }
  const assert: Assert;
  export default assert;
  export const ok: Claim;
  export { assert, assert as strict };
  export const equal: Check, notEqual: Check, strictEqual: Check, notStrictEqual: Check, deepEqual: Check,
    notDeepEqual: Check, deepStrictEqual: Check, notDeepStrictEqual: Check, partialDeepStrictEqual: Check,
    match: Check, doesNotMatch: Check, throws: Check, doesNotThrow: Check, rejects: Check,
    doesNotReject: Check, ifError: Check, fail: (message?: string | Error) => never;
  export class AssertionError extends Error { [name: string]: any }
}`).join("\n");
