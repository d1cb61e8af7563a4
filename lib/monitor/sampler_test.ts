import { assertEquals } from "@std/assert";
import { FakeClock } from "../host/testing.ts";
import { MissingError } from "./host/missing_error.ts";
import type { SystemHost } from "./host/system_host.ts";
import { Sampler } from "./sampler.ts";
import { sampleHost } from "./testing/sample_host.ts";

/** A sampler of a machine that counts how often it is asked. */
function setUp(changes: Partial<SystemHost> = {}, costMs = 0) {
  const clock = new FakeClock();
  const asked: Record<string, number> = {};
  const host = sampleHost(clock, changes);
  const counted = Object.fromEntries(
    Object.entries(host).map(([part, ask]) => [part, (...args: []) => {
      asked[part] = (asked[part] ?? 0) + 1;
      return ask(...args);
    }]),
  ) as unknown as SystemHost;
  let measured = 0;
  return { clock, asked, sampler: new Sampler(counted, clock, () => measured += costMs) };
}

Deno.test("the load is what was done since the last sample, and a network's rate what was moved", async () => {
  const { clock, sampler } = setUp();
  const first = await sampler.sample(true);
  assertEquals([first.cpu, first.received], [null, null]);
  assertEquals([first.memory, first.disk, first.gpu, first.gpuMemory], [37.5, 86, 72, 75]);
  await clock.advance(4_000);
  const second = await sampler.sample(true);
  assertEquals([second.cpu, second.received, second.sent], [43.75, 250_000, 40_000]);
  assertEquals(sampler.state.cpu?.cores, [87.5, 75, 62.5, 50, 37.5, 25, 12.5, 0]);
});

Deno.test("counters that go back and interfaces that come are no traffic", async () => {
  let received = 1_000_000;
  let names = ["eth0"];
  const { clock, sampler } = setUp({
    network: () => Promise.resolve(names.map((name) => ({ name, received, sent: 0 }))),
  });
  await sampler.sample(true);
  await clock.advance(4_000);
  received = 10;
  names = ["eth0", "wlan0"];
  await sampler.sample(true);
  assertEquals(sampler.state.network?.map((one) => one.received), [0, 0]);
});

Deno.test("nobody looking, costly parts are asked seldom, and processes not at all", async () => {
  const { clock, asked, sampler } = setUp();
  for (let i = 0; i < 40; i++) {
    await sampler.sample(false);
    await clock.advance(15_000);
  }
  assertEquals(asked, { identity: 1, cpu: 40, memory: 40, gpu: 20, network: 20, disks: 2 });
});

Deno.test("what takes long on a machine is asked so seldom that it is no burden", async () => {
  const { clock, asked, sampler } = setUp({}, 400);
  for (let i = 0; i < 40; i++) {
    await sampler.sample(false);
    await clock.advance(15_000);
  }
  // At least 400 ms in 80 s are 0.5 %.
  assertEquals((asked.gpu ?? 0) <= 8, true, `asked ${asked.gpu} times in ten minutes`);
});

Deno.test("a part that is missing says why, is left alone for a while, and is there again when it is", async () => {
  let isThere = false;
  const { clock, asked, sampler } = setUp({
    gpu: () =>
      isThere ? Promise.resolve([]) : Promise.reject(new MissingError("tool", "nvidia-smi, rocm-smi")),
    disks: () =>
      Promise.reject(
        new Deno.errors.NotCapable('Requires run access to "df", run again with the --allow-run flag'),
      ),
    memory: () => Promise.reject(new Error("It is broken")),
  });
  const sample = await sampler.sample(true);
  assertEquals([sample.gpu, sample.disk, sample.memory], [null, null, null]);
  assertEquals(sampler.state.missing.toSorted((a, b) => a.part < b.part ? -1 : 1), [
    { part: "disks", why: "permission", needs: "--allow-run" },
    { part: "gpu", why: "tool", needs: "nvidia-smi, rocm-smi" },
    { part: "memory", why: "failed", needs: "", detail: "It is broken" },
  ]);
  isThere = true;
  await clock.advance(4_000);
  await sampler.sample(true);
  assertEquals([asked.gpu, sampler.state.gpu], [1, null]);
  await clock.advance(60_000);
  await sampler.sample(true);
  assertEquals([asked.gpu, sampler.state.gpu], [2, []]);
  assertEquals(sampler.state.missing.some(({ part }) => part === "gpu"), false);
});
