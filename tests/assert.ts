/**
 * The part of `@std/assert` that the tests use, over `node:assert/strict`, with the same signatures: `@std` is published on
 * JSR only, and the tests must run where only npm is reachable. Deleting the mapping in `deno.json` switches to the original.
 */
import nodeAssert from "node:assert/strict";

/** A constructor of any class of errors. */
// deno-lint-ignore no-explicit-any -- the signature of @std/assert: any constructor must be accepted
type ErrorClass<E extends Error> = abstract new (...args: any[]) => E;

/** Thrown by the assertions that node:assert has no equal of. */
export class AssertionError extends nodeAssert.AssertionError {
  constructor(message: string) {
    super({ message });
  }
}

/** Fails unless `value` is truthy. */
export function assert(value: unknown, message = "Expected a truthy value"): asserts value {
  if (!value) throw new AssertionError(message);
}

/** Fails unless `actual` is falsy. */
export function assertFalse(actual: unknown, message = "Expected a falsy value"): void {
  if (actual) throw new AssertionError(message);
}

/** Deep, strict equality. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.deepStrictEqual(actual, expected, message);
}

/** Deep inequality. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.notDeepStrictEqual(actual, expected, message);
}

/** `Object.is` equality. */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  nodeAssert.strictEqual(actual, expected, message);
}

/** Fails on null and undefined. */
export function assertExists<T>(actual: T, message = "Expected a value"): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) throw new AssertionError(message);
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (!actual.includes(expected)) {
    throw new AssertionError(
      message ?? `Expected ${JSON.stringify(actual)} to contain ${JSON.stringify(expected)}`,
    );
  }
}

/** Fails unless `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  nodeAssert.match(actual, expected, message);
}

/** Fails when `actual` matches `expected`. */
export function assertNotMatch(actual: string, expected: RegExp, message?: string): void {
  nodeAssert.doesNotMatch(actual, expected, message);
}

/** Fails unless `actual` is an instance of `expected`. */
export function assertInstanceOf<E extends Error>(
  actual: unknown,
  expected: ErrorClass<E>,
  message = `Expected an instance of ${expected.name}`,
): asserts actual is E {
  if (!(actual instanceof expected)) throw new AssertionError(message);
}

/** Fails unless `low <= actual` and so on: `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, message = `Expected ${actual} > ${expected}`): void {
  if (!(actual > expected)) throw new AssertionError(message);
}

/** Fails unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  message = `Expected ${actual} >= ${expected}`,
): void {
  if (!(actual >= expected)) throw new AssertionError(message);
}

/** Fails unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, message = `Expected ${actual} < ${expected}`): void {
  if (!(actual < expected)) throw new AssertionError(message);
}

/** Fails unless `actual <= expected`. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  message = `Expected ${actual} <= ${expected}`,
): void {
  if (!(actual <= expected)) throw new AssertionError(message);
}

/** Fails unless every property of `expected` is found, deeply equal, in `actual`. */
export function assertObjectMatch(
  actual: Record<PropertyKey, unknown>,
  expected: Record<PropertyKey, unknown>,
  message?: string,
): void {
  nodeAssert.deepStrictEqual(pick(actual, expected), expected, message);
}

function pick(actual: unknown, shape: unknown): unknown {
  if (Array.isArray(shape)) {
    return Array.isArray(actual) ? shape.map((item, i) => pick(actual[i], item)) : actual;
  }
  if (!isPlain(shape) || !isPlain(actual)) return actual;
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, pick(actual[key], value)]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function checkError<E extends Error>(
  error: unknown,
  errorClass?: ErrorClass<E>,
  includes?: string,
): E {
  if (!(error instanceof Error)) throw new AssertionError("A value that is not an Error was thrown");
  if (errorClass && !(error instanceof errorClass)) {
    throw new AssertionError(`Expected ${errorClass.name}, got ${error.constructor.name}: ${error.message}`);
  }
  if (includes !== undefined) assertStringIncludes(error.message, includes);
  return error as E;
}

/** Fails unless `fn` throws, an `ErrorClass` whose message contains `includes` where given; returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass?: ErrorClass<E>,
  includes?: string,
): E {
  try {
    fn();
  } catch (error) {
    return checkError(error, errorClass, includes);
  }
  throw new AssertionError("Expected the function to throw");
}

/** Like `assertThrows`, for a promise. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass?: ErrorClass<E>,
  includes?: string,
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, errorClass, includes);
  }
  throw new AssertionError("Expected the promise to be rejected");
}

/** Fails always. */
export function fail(message = "Failed"): never {
  throw new AssertionError(message);
}

/** Marks code that cannot be reached. */
export function unreachable(): never {
  throw new AssertionError("unreachable");
}
