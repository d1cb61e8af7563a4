import { assertEquals } from "@std/assert";
import { localPrincipal as me } from "../../lib/access/mod.ts";
import { rebuildRollups } from "../../lib/analytics/mod.ts";
import { randomCall } from "../../lib/analytics/testing.ts";
import { seededRandom } from "../random.ts";
import { withInstances } from "./shared_instances.ts";

const START = Date.UTC(2026, 5, 1);
const HOURS = 30;

Deno.test("two instances book into the same hours, with answers of the store that are lost, and nothing counts twice", () =>
  withInstances([{}, {}], async ([a, b], store) => {
    if (!a || !b) throw new Error("Two instances were asked for");
    const random = seededRandom(3);
    let lost = 0;
    for (let round = 0; round < 12; round++) {
      for (let i = 0; i < 20; i++) {
        const { ledger } = (i % 2 === 0 ? a : b).services;
        ledger.record(randomCall(random, START + Math.floor(random() * HOURS) * 3_600_000, 5));
      }
      if (round % 3 === 0) {
        store.loseNextWrite(({ mutations }) => {
          const isLost = mutations.some(({ key }) => key.includes("ledger_rollup"));
          if (isLost) lost++;
          return isLost;
        });
      }
      await Promise.all([a.services.ledger.flush(), b.services.ledger.flush()]);
    }
    for (const { services } of [a, b]) for (let tries = 0; tries < 3; tries++) await services.ledger.flush();
    assertEquals(lost > 0, true);
    const report = () =>
      b.services.usage.report(me, {
        from: START,
        to: START + HOURS * 3_600_000,
        zone: "UTC",
      });
    const booked = await report();
    assertEquals(booked.total.calls, 240);
    assertEquals(booked.parts.source?.reduce((sum, { calls }) => sum + calls, 0), 240);
    assertEquals(await rebuildRollups(a.services.store, me.profileId), 240);
    assertEquals(await report(), booked);
    // Prices that one instance sets hold for the other's next calls.
    await a.services.prices.set(me, {
      version: 1,
      prices: [{ model: "*", nodeId: "any", input: 1, output: 1 }],
    });
    b.services.ledger.record(randomCall(random, START, 5));
    const rows = b.services.ledger.rows(me, { from: START, to: START + HOURS * 3_600_000 });
    await b.services.ledger.flush();
    const versions = (await Array.fromAsync(rows)).map(({ priceVersion }) => priceVersion);
    assertEquals([versions.filter((version) => version === 1).length, Math.max(...versions)], [240, 2]);
  }));
