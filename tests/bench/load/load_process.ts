/** The process that makes the load: reads tasks as lines of JSON and answers each with a line. */
import { follow } from "./follow.ts";
import { measureLatency, measureThroughput } from "./throughput.ts";
import type { Result, Task } from "./tasks.ts";
import { TextLineStream } from "./text_lines.ts";

if (import.meta.main) {
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  for await (const line of lines) {
    const result = await perform(JSON.parse(line));
    Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(result)}\n`));
  }
}

async function perform(task: Task): Promise<Result<Task>> {
  switch (task.type) {
    case "throughput": {
      const { user, system } = process.cpuUsage();
