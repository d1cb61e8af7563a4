import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { computed, type Signal, signal } from "@preact/signals";
import { h } from "preact";
import { valueReader } from "../client/read_values.ts";
import { SerializeError, Serializer } from "./serialize.ts";

/** Sends values through text to the reader of the browser, as one page with several islands would. */
function roundTrip<T extends unknown[]>(...values: T): T {
  const serializer = new Serializer(() => 7);
  const refs = values.map((value) => serializer.add(value, "Test"));
  const [nodes, copied] = JSON.parse(JSON.stringify([serializer.nodes, refs]));
  const read = valueReader(nodes, () => h("slot", null), { signal, computed });
  return copied.map(read);
}

function nodeCount(...values: unknown[]): number {
  const serializer = new Serializer(() => 0);
  for (const value of values) serializer.add(value, "Test");
  return serializer.nodes.length;
}

Deno.test("values of every type arrive as they were", () => {
  const values = [
    ...["text", "", true, false, null, undefined, 0, -1.5, 1e21, NaN, Infinity, -Infinity, -0],
    ...[12345678901234567890n, new Date(0), new URL("https://example.com/?q"), /a\/b/giu],
    ...[[], [1, [2, undefined]], {}, { a: 1, b: undefined, nested: { deep: [null] } }],
    ...[new Map<unknown, unknown>([[1, "one"], [{ key: true }, new Set([1])]]), new Set(["a", NaN])],
    new Uint8Array([0, 1, 255]),
  ];
  assertEquals(roundTrip(...values), values);
  assert(Object.is(roundTrip(-0)[0], -0));
});

Deno.test("an invalid date stays one", () => {
  const [date] = roundTrip(new Date(NaN));
  assert(date instanceof Date && Number.isNaN(date.getTime()));
});

Deno.test("holes of an array stay holes", () => {
  const array: unknown[] = [1];
  array[3] = undefined;
  const [copy] = roundTrip(array);
  assertEquals([copy.length, 1 in copy, 3 in copy], [4, false, true]);
});

Deno.test("an object without a prototype crosses, and a key __proto__ is only a key", () => {
  const [copy, hostile] = roundTrip(
    Object.assign(Object.create(null), { a: 1 }),
    JSON.parse('{"__proto__":{"isAdmin":true}}'),
  );
  assertEquals(copy, { a: 1 });
  assertEquals(Object.getPrototypeOf(hostile), Object.prototype);
  assert(Object.hasOwn(hostile, "__proto__"));
});

Deno.test("a subarray of bytes crosses alone", () => {
  const bytes = new Uint8Array([1, 2, 3, 4]);
  assertEquals(roundTrip(bytes.subarray(1, 3))[0], new Uint8Array([2, 3]));
});

Deno.test("what several islands hold crosses once and stays one", () => {
  const shared = { list: [1, 2, 3] };
  const [a, b, c] = roundTrip({ shared }, { shared }, shared.list);
  assertStrictEquals(a.shared, b.shared);
  assertStrictEquals(a.shared.list, c);
  assertEquals(nodeCount({ shared }, { shared }) - nodeCount({ shared }), 1);
});

Deno.test("cycles stay cycles", () => {
  interface Cycle {
    self?: Cycle;
    list: unknown[];
    map: Map<unknown, unknown>;
  }
  const cycle: Cycle = { list: [], map: new Map() };
  cycle.self = cycle;
  cycle.list.push(cycle.list, cycle);
  cycle.map.set("map", cycle.map);
  const [copy] = roundTrip(cycle);
  assertStrictEquals(copy.self, copy);
  assertStrictEquals(copy.list[0], copy.list);
  assertStrictEquals(copy.list[1], copy);
  assertStrictEquals(copy.map.get("map"), copy.map);
});

Deno.test("a signal crosses with its value, once, and can still be set", () => {
  const count = signal({ n: 3 });
  const [a, b] = roundTrip({ count }, { count });
  assertStrictEquals(a.count, b.count);
  assertEquals(a.count.value, { n: 3 });
  a.count.value = { n: 4 };
  assertEquals(b.count.peek().n, 4);
});

Deno.test("a signal may hold itself", () => {
  const loop: Signal<unknown> = signal(null);
  loop.value = { loop };
  const [copy] = roundTrip(loop);
  assertStrictEquals((copy.value as { loop: unknown }).loop, copy);
});

Deno.test("a computed arrives with a fixed value", () => {
  const count = signal(2);
  const [double] = roundTrip(computed(() => count.value * 2));
  assertEquals(double.value, 4);
  assertThrows(() => Object.assign(double, { value: 5 }), TypeError);
});

Deno.test("markup becomes a slot", () => {
  const [{ children }] = roundTrip({ children: h("p", null) }) as unknown as [{ children: { type: string } }];
  assertEquals(children.type, "slot");
});

Deno.test("what cannot cross is an error that says where it is", () => {
  const add = (value: unknown) => () => new Serializer(() => 0).add(value, "Counter");
  class Point {}
  assertThrows(add({ onClick: () => {} }), SerializeError, "Counter.onClick to an island: a function");
  assertThrows(add({ list: [Symbol()] }), SerializeError, "Counter.list[0] to an island: a symbol");
  assertThrows(add({ at: new Point() }), SerializeError, "Counter.at to an island: an instance of Point");
  assertThrows(add(new Map([[new WeakMap(), 1]])), SerializeError, "Counter (key)");
});
