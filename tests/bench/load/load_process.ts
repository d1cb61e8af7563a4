/** The process that makes the load: reads tasks as lines of JSON and answers each with a line. */
import process from "node:process";
import { createInterface } from "node:readline";
import { follow } from "./follow.ts";
import { measureStreams } from "./streams.ts";
import { subscribe } from "./subscribe.ts";
import { measureLatency, measureThroughput } from "./throughput.ts";
import type { Result, Task } from "./tasks.ts";

if (import.meta.main) {
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = new TextEncoder().encode(`${JSON.stringify(await perform(JSON.parse(line)))}\n`);
    for (let sent = 0; sent < answer.length;) sent += await Deno.stdout.write(answer.subarray(sent));
  }
}

function perform(task: Task): Promise<Result<Task>> {
  switch (task.type) {
    case "throughput":
      return measureThroughput(task);
    case "latency":
      return measureLatency(task);
    case "streams":
      return measureStreams(task);
    case "follow":
      return follow(task);
    case "subscribe":
      return subscribe(task);
  }
}
