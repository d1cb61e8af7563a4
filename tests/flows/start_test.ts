import { assert, assertEquals } from "@std/assert";
import { createBuilder } from "../../dev.ts";
import { ensureBuild } from "../../lib/app/build_stamp.ts";
import type { Chat, MessagePage, StartedRun } from "../../lib/shared/mod.ts";
import { SseParser } from "../../lib/shared/mod.ts";
import { ensureWorkers } from "../browser/workers.ts";
import { INSTALLED_PACKAGES } from "../installed_packages.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** The permissions of `deno task start`. */
const PERMISSIONS = ["--allow-net", "--allow-read", "--allow-write", "--allow-env", "--allow-sys"];

/** The program as `deno task start` runs it. */
class Program implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reader: ReadableStreamDefaultReader<string>;
  output = "";

  constructor(args: string[], env: Record<string, string>) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", INSTALLED_PACKAGES, ...PERMISSIONS, "lib/app/serve.ts", ...args],
      cwd: ROOT,
      env: { FRESHET_DISCOVERY: "0", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#reader = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Reads until a line matches; throws when the program ends before. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = this.output.match(pattern);
      if (match) return match[1] ?? match[0];
      const { done, value } = await this.#reader.read();
      if (done) throw new Error(`The program ended: ${this.output}`);
      this.output += value;
    }
  }

  /** Waits for the end and gives the exit code. */
  async end(): Promise<number> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) break;
      this.output += value;
    }
    return (await this.#child.status).code;
  }

  signal(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      assert(error instanceof TypeError, "the program has ended by itself");
    }
    await this.end();
  }
}

Deno.test("the program as it is started: says where it is, drains, and explains what stops it", async (t) => {
  await ensureBuild(ROOT, { force: false }, async () => {
    await ensureWorkers();
    await createBuilder().build();
  });
  const folder = await Deno.makeTempDir();
  await t.step(
    "it prints its address and its data folder, and serves with the permissions of `start`",
    async () => {
      await using program = new Program(["--port", "0", "--data", folder], {});
      const url = await program.until(/Freshet is at\s+(\S+)/);
      assertEquals(await program.until(/data folder\s+(\S+)/), folder);
      for (const path of ["/", "/api/health", "/v1/models", "/css/base.css", "/gen/highlight_worker.js"]) {
        const response = await fetch(url + path);
        assertEquals(response.status, 200, path);
        assertEquals(response.headers.get("x-content-type-options"), "nosniff");
        await response.body?.cancel();
      }
      const missing = await fetch(`${url}/nothing`);
      assertEquals(missing.status, 404);
      assert(missing.headers.get("content-security-policy")?.includes("frame-ancestors 'none'"));
      await missing.body?.cancel();
    },
  );
  await t.step("a second one on the same data folder is told who has it", async () => {
    await using first = new Program(["--port", "0", "--data", folder], {});
    await first.until(/Freshet is at/);
    await using second = new Program(["--port", "0"], { FRESHET_DATA: folder });
    assertEquals(await second.end(), 1);
    assert(second.output.includes("another Freshet uses it"), second.output);
  });
  await t.step("a data folder that cannot be written is named", async () => {
    await using program = new Program(["--port", "0", "--data", `${ROOT}README.md/data`], {});
    assertEquals(await program.end(), 1);
    assert(program.output.includes("Cannot write to the data folder"), program.output);
  });
  await t.step("a taken port, an open address and an unknown flag are explained", async () => {
    await using first = new Program(["--port", "0", "--data", folder], {});
    const { port } = new URL(await first.until(/Freshet is at\s+(\S+)/));
    const other = await Deno.makeTempDir();
    for (
      const [args, expected] of [
        [["--port", port, "--data", other], "the port is taken"],
        [["--host", "0.0.0.0", "--data", other], "without a token"],
        [["--colour", "red"], "Cannot read the flag --colour"],
      ] as const
    ) {
      await using program = new Program([...args], {});
      assertEquals(await program.end(), 1);
      assert(program.output.includes(expected), program.output);
      assert(!program.output.includes(".ts:"), "a stack trace was printed");
    }
    await Deno.remove(other, { recursive: true });
  });
  await t.step("SIGTERM ends streams in order and loses nothing", async () => {
    const text = await drained(folder);
    await using again = new Program(["--port", "0", "--data", folder], {});
    const url = await again.until(/Freshet is at\s+(\S+)/);
    const { messages } = await (await fetch(`${url}/api/chat/sessions/${text.chatId}/messages`))
      .json() as MessagePage;
    assertEquals([messages[1]?.status, messages[1]?.text], ["interrupted", text.delivered]);
  });
  await Deno.remove(folder, { recursive: true });
});

/** Asks the program to end while it streams; what the client got until then. */
async function drained(folder: string): Promise<{ chatId: string; delivered: string }> {
  await using program = new Program(["--port", "0", "--data", folder, "--drain-ms", "300"], {});
  const url = await program.until(/Freshet is at\s+(\S+)/);
  const post = async <T>(path: string, body: unknown) => {
    const init = {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    };
    return await (await fetch(url + path, init)).json() as T;
  };
  const chat = await post<Chat>("/api/chat/sessions", {});
  const { run } = await post<StartedRun>(`/api/chat/sessions/${chat.id}/messages`, {
    text: "/pace 10 /long 60000",
  });
  const response = await fetch(`${url}/api/runs/${run.id}/events`);
  const parser = new SseParser();
  let delivered = "";
  let last = "";
  for await (const chunk of response.body ?? []) {
    for (const { event = "", data = "{}" } of parser.push(chunk)) {
      if (event === "text" && delivered === "") program.signal("SIGTERM");
      if (event === "text") delivered += JSON.parse(data).text;
      last = event;
    }
  }
  assertEquals([last, await program.end()], ["end", 0]);
  return { chatId: chat.id, delivered };
}
