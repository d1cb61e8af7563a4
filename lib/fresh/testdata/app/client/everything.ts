/** A value of each type that may cross to the browser. */
export interface Everything {
  text: string;
  numbers: number[];
  big: bigint;
  missing: undefined;
  nothing: null;
  date: Date;
  url: URL;
  pattern: RegExp;
  map: Map<unknown, unknown>;
  set: Set<unknown>;
  bytes: Uint8Array;
  sparse: unknown[];
  self?: Everything;
  ["__proto__"]?: unknown;
}

export function createEverything(): Everything {
  const everything: Everything = {
    text: "</script><!-- \u2028 'quoted' \"twice\"",
    numbers: [1, -1.5, NaN, Infinity, -Infinity, -0],
    big: 12345678901234567890n,
    missing: undefined,
    nothing: null,
    date: new Date(86_400_000),
    url: new URL("https://example.com/a?b#c"),
    pattern: /a\/b/gi,
    map: new Map<unknown, unknown>([["key", { nested: true }], [2, "two"]]),
    set: new Set([1, "one"]),
    bytes: new Uint8Array([0, 127, 255]),
    // deno-lint-ignore no-sparse-arrays -- it is what is tested
    sparse: [1, , 3],
  };
  everything.self = everything;
  return everything;
}

/** Says in one line what is there, for both sides to compare. */
export function describe(value: Everything): string {
  return [
    JSON.stringify(value.text),
    value.numbers.map((number) => Object.is(number, -0) ? "-0" : String(number))
      .join(),
    typeof value.big === "bigint" && value.big,
    "missing" in value && value.missing === undefined,
    value.nothing,
    value.date.toISOString(),
    value.url instanceof URL && value.url.href,
    value.pattern,
    JSON.stringify([...value.map]),
    JSON.stringify([...value.set]),
    value.bytes instanceof Uint8Array && value.bytes.join(),
    `${value.sparse.length} ${1 in value.sparse}`,
    value.self === value,
  ].join(" | ");
}
