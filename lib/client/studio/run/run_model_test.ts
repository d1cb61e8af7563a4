import { assertEquals, assertMatch } from "@std/assert";
import type { ProjectProcess } from "../../../shared/mod.ts";
import { ApiClient } from "../../api_client.ts";
import { FakeClock, settle } from "../../testing/fake_clock.ts";
import { FakeStream } from "../../testing/fake_server.ts";
import { RunApi } from "./run_api.ts";
import { RunModel } from "./run_model.ts";

/** A server on which versions start at once and answer with their own name. */
function setUp() {
  const clock = new FakeClock();
  const running: ProjectProcess[] = [];
  const streams = new Map<string, FakeStream>();
  const asked: string[] = [];
  const errors: string[] = [];
  let saved: unknown[] = [];
  let isDown = false;
  const answer = (method: string, path: string, init: RequestInit): unknown => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const [, id = "", action] = /\/processes\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
    if (method === "POST" && path.endsWith("/processes")) {
      const process: ProjectProcess = {
        id: `p${body.versionId}`,
        versionId: body.versionId,
        state: "starting",
        startedAt: 0,
      };
      running.push({ ...process, state: "running" });
      return process;
    }
    if (path.endsWith("/processes")) return running;
    if (path.endsWith("/projects/x/requests")) {
      if (method === "PUT") saved = body;
      return saved;
    }
    if (method === "DELETE") running.splice(running.findIndex((process) => process.id === id), 1);
    if (action === "routes") return { routes: [{ method: "GET", path: `/${id}` }] };
    if (action === "requests") {
      return {
        status: 200,
        headers: {},
        body: `${id} ${body.path}`,
        durationMs: 3,
        isBase64: false,
        isCut: false,
      };
    }
    return null;
  };
  const api = new RunApi(
    new ApiClient((path, init) => {
      const method = init.method ?? "GET";
      asked.push(`${method} ${path.replace("/api/projects/x", "")}`);
      if (isDown) return Promise.reject(new TypeError("down"));
      const id = /processes\/(\w+)\/logs$/.exec(path)?.[1];
      if (id !== undefined && init.signal) {
        const stream = new FakeStream(init.signal);
        streams.set(id, stream);
        return Promise.resolve(stream.response);
      }
      return Promise.resolve(Response.json(answer(method, path, init)));
    }),
  );
  const onError = (error: unknown) => void errors.push(String(error));
  const model = new RunModel({ projectId: "x", api, clock, onError });
  const setDown = (down: boolean) => void (isDown = down);
  return { model, clock, running, streams, asked, errors, setDown };
}

const states = (model: RunModel) => model.processes.value?.map(({ id, state }) => `${id} ${state}`);

Deno.test("a version is started, found running, asked and stopped", async () => {
  const { model, clock, errors, asked } = setUp();
  await model.open();
  assertEquals(model.processes.value, []);
  await model.start("v1");
  assertEquals([states(model), model.target.value], [["pv1 starting"], null]);
  await clock.tick(400);
  await settle();
  assertEquals([states(model), model.target.value], [["pv1 running"], "pv1"]);
  assertEquals(model.routes.value.routes, [{ method: "GET", path: "/pv1" }]);
  model.draft.useRoute({ method: "GET", path: "/todos" });
  await model.send();
  assertEquals(model.answers.value.map(({ answer }) => answer.body), ["pv1 /todos"]);
  await model.stop("pv1");
  assertEquals([states(model), clock.waiting, errors], [[], 0, []]);
  assertEquals(asked.filter((line) => line.startsWith("DELETE")), ["DELETE /processes/pv1"]);
  model.close();
});

Deno.test("one request goes to two versions", async () => {
  const { model, clock } = setUp();
  await model.open();
  await model.start("v1");
  await model.start("v2");
  await clock.tick(400);
  model.setTarget("both");
  assertEquals(model.target.value, "both");
  await model.send();
  assertEquals(model.answers.value.map(({ process, answer }) => `${process.versionId}: ${answer.body}`), [
    "v1: pv1 /",
    "v2: pv2 /",
  ]);
  await model.stop("pv1");
  assertEquals(model.target.value, "pv2");
  model.close();
});

Deno.test("only the log that is shown is listened to, and its end is the process's", async () => {
  const { model, clock, streams } = setUp();
  await model.open();
  await model.start("v1");
  await model.start("v2");
  await clock.tick(400);
  await settle();
  assertEquals([streams.get("pv1")?.cancelled, streams.get("pv2")?.cancelled], [true, false]);
  const line = { seq: 1, stream: "stderr", text: "boom", at: 1 };
  streams.get("pv2")?.send(`event: log\ndata: ${JSON.stringify(line)}\n\n`);
  streams.get("pv2")?.send(`event: log\ndata: ${JSON.stringify(line)}\n\n`);
  await clock.tick(16);
  assertEquals(model.logOf("pv2").lines.value.map(({ text }) => text), ["boom"]);
  streams.get("pv2")?.send(`event: exit\ndata: {"code":1,"reason":"it crashed"}\n\n`);
  await settle();
  assertEquals(states(model), ["pv1 running", "pv2 exited"]);
  assertEquals(model.logged.value?.exit, { code: 1, reason: "it crashed" });
  model.close();
  assertEquals(clock.waiting, 0);
});

Deno.test("a process that the server forgot is gone; a server that is away is waited for in silence", async () => {
  const { model, clock, running, errors, setDown } = setUp();
  await model.open();
  await model.start("v1");
  await clock.tick(400);
  running.length = 0;
  setDown(true);
  await clock.tick(4000);
  assertEquals([states(model), errors], [["pv1 running"], []]);
  setDown(false);
  await clock.tick(4000);
  assertEquals(states(model), []);
  model.close();
});

Deno.test("what fails on the person's word is told", async () => {
  const { model, errors, setDown } = setUp();
  setDown(true);
  await model.open();
  await model.start("v1");
  assertEquals([model.processes.value, model.starting.value.size], [[], 0]);
  assertEquals(errors.length, 3);
  assertMatch(errors[0] ?? "", /cannot be reached/);
  model.close();
});

Deno.test("requests are kept once, newest first, and can be forgotten", async () => {
  const { model, errors, setDown } = setUp();
  await model.open();
  for (const path of ["/a", "/b", "/a"]) {
    model.draft.path.value = path;
    await model.save();
  }
  const paths = () => model.saved.list.value.map(({ path }) => path);
  assertEquals(paths(), ["/a", "/b"]);
  setDown(true);
  await model.saved.remove(model.saved.list.value[0]?.id ?? "");
  assertEquals([paths(), errors.length], [["/a", "/b"], 1]);
  setDown(false);
  await model.saved.remove(model.saved.list.value[0]?.id ?? "");
  await model.saved.load();
  assertEquals(paths(), ["/b"]);
});

Deno.test("a request that makes no sense is not sent", async () => {
  const { model, asked } = setUp();
  await model.open();
  model.draft.path.value = "todos";
  await model.send();
  assertEquals(model.problem.value, { field: "path" });
  assertEquals(asked.some((line) => line.startsWith("POST")), false);
});
