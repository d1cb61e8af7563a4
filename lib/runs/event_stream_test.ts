import { assertEquals } from "@std/assert";
import { FakeClock } from "../host/testing.ts";
import { eventStream } from "./mod.ts";

const bytes = new TextEncoder().encode("data: x\n\n");

/** A source that yields for ever and says when it has ended. */
function source() {
  let hasEnded = false;
  return {
    get hasEnded() {
      return hasEnded;
    },
    async *open(signal: AbortSignal): AsyncGenerator<Uint8Array[]> {
      try {
        while (!signal.aborted) yield await Promise.resolve([bytes]);
      } finally {
        hasEnded = true;
      }
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

Deno.test("a source that waits for its client ends when the client leaves", async () => {
  const endless = source();
  const closing = new AbortController();
  const response = eventStream({ source: endless.open, clock: new FakeClock(), closing: closing.signal });
  const reader = response.body?.getReader();
  await reader?.read();
  await settled();
  await reader?.cancel();
  await settled();
  assertEquals(endless.hasEnded, true);
});

Deno.test("a stream ends when the server closes, and when its key is revoked", async () => {
  for (const how of ["closing", "revoked", "closed before"]) {
    const endless = source();
    const closing = new AbortController();
    let revoke = () => {};
    let isReleased = false;
    if (how === "closed before") closing.abort();
    const response = eventStream({
      source: endless.open,
      clock: new FakeClock(),
      closing: closing.signal,
      onRevoked: (end) => {
        revoke = end;
        return () => isReleased = true;
      },
    });
    await settled();
    if (how === "closing") closing.abort();
    if (how === "revoked") revoke();
    await response.body?.pipeTo(new WritableStream());
    assertEquals([endless.hasEnded, isReleased], [how !== "closed before", how !== "closed before"], how);
  }
});

Deno.test("silence is filled with comments that no event follows", async () => {
  const clock = new FakeClock();
  const response = eventStream({
    // deno-lint-ignore require-yield
    source: async function* (signal) {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    },
    clock,
    closing: new AbortController().signal,
  });
  const reader = response.body?.getReader();
  const next = reader?.read();
  await clock.advance(15_000);
  assertEquals(new TextDecoder().decode((await next)?.value), ": keep-alive\n");
  await reader?.cancel();
});
