import type { FakeNode } from "./fake_node.ts";
import type { Fleet } from "./fleet.ts";

/** Kills nodes and starts them again at random moments, and has them asked again though they failed. */
export function driver(fleet: Fleet, servers: readonly FakeNode[], random: () => number): AsyncDisposable {
  const closing = new AbortController();
  const running = (async () => {
    while (!closing.signal.aborted) {
      await pause(20 + random() * 60, closing.signal);
      const server = servers[Math.floor(random() * servers.length)];
      if (!server || closing.signal.aborted) continue;
      if (!server.isUp) await server.revive();
      else if (random() < 0.4) await server.kill();
      for (const other of servers) {
        const { breaker, latency } = fleet.nodes.monitor.of(fleet.idOf(other));
        breaker.reset();
        latency.reset();
      }
    }
    for (const server of servers) await server.revive();
  })();
  return {
    async [Symbol.asyncDispose]() {
      closing.abort();
      await running;
    },
  };
}

/** Resolves after `ms`, or when the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}

/** Does something for all items, for so many at a time. */
export async function pool<T, R>(
  items: readonly T[],
  atOnce: number,
  fn: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = items.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const item of left) results.push(await fn(item));
  }));
  return results;
}
