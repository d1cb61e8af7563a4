/**
 * `deno task bench [SECTION…] [--quick]`: timings, each beside a limit or a peer that was measured in the same run. A part of
 * a section's name is enough to choose it.
 */
import type { BenchOptions, Section } from "./section.ts";
import { chats } from "./sections/chats.ts";
import { dashboard } from "./sections/dashboard.ts";
import { gateway } from "./sections/gateway.ts";
import { gatewayStreams } from "./sections/gateway_streams.ts";
import { http1 } from "./sections/http1.ts";
import { javascript } from "./sections/javascript.ts";
import { runs } from "./sections/runs.ts";
import { start } from "./sections/start.ts";
import { subscribers } from "./sections/subscribers.ts";
import { studio } from "./sections/studio.ts";

const SECTIONS: readonly Section[] = [
  gateway,
  gatewayStreams,
  http1,
  chats,
  runs,
  subscribers,
  studio,
  dashboard,
  javascript,
  start,
];

if (import.meta.main) {
  const quick = Deno.args.includes("--quick");
  const wanted = Deno.args.filter((argument) => !argument.startsWith("--"));
  const chosen = SECTIONS.filter(({ name }) =>
    wanted.length === 0 || wanted.some((part) => name.includes(part))
  );
  if (chosen.length === 0) {
    print(`There is no section ${wanted.join(", ")}, only ${SECTIONS.map(({ name }) => name).join(", ")}\n`);
    Deno.exit(1);
  }
  await run(chosen, { quick, print });
}

async function run(sections: readonly Section[], options: BenchOptions): Promise<void> {
  const startedAt = performance.now();
  const load = Deno.loadavg().map((value) => value.toFixed(1)).join(" ");
  print(`${navigator.hardwareConcurrency} cores, Deno ${Deno.version.deno}, load average ${load}\n`);
  for (const section of sections) {
    print(`\n${section.name}: ${section.title}\n\n`);
    await section.run(options);
  }
  print(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`);
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
