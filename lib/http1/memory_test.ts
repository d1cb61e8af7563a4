import { assertLess } from "@std/assert";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createHttp1 } from "./mod.ts";

/** The engine's own collector, which only a new context is given at run time. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

Deno.test("what was read to its end is collected, though its signal knows the reader", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response("x".repeat(1_000)),
  );
  const client = createHttp1();
  const streams: WeakRef<ReadableStream>[] = [];
  const one = async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const { body } = await client.fetch(`http://127.0.0.1:${server.addr.port}/`, { signal });
    if (!body) throw new Error("There is no body");
    const reader = body.getReader();
    // As the reader of an answer does it, so that an abort ends a read under way.
    signal.addEventListener("abort", () => void reader.cancel(), { once: true });
    while (!(await reader.read()).done);
    streams.push(new WeakRef(body));
  };
  try {
    for (let i = 0; i < 40; i++) await one();
    const collect = collector();
    for (let i = 0; i < 5; i++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    assertLess(streams.filter((stream) => stream.deref() !== undefined).length, 5);
  } finally {
    client.close();
  }
});
