import { assertEquals } from "@std/assert";
import type { UsageDimension, UsagePart, UsagePulse, UsageReport } from "../../shared/mod.ts";
import { FakeClock } from "../testing/fake_clock.ts";
import { DashboardModel } from "./dashboard_model.ts";

const reportOf = (calls: number) => ({ total: { calls }, parts: { model: [partOf("m")] } }) as UsageReport;
const partOf = (value: string) => ({ value, label: value }) as UsagePart;
const pulseOf = (revision: string): UsagePulse => ({
  at: 0,
  active: [],
  waiting: 0,
  requestsPerSecond: 0,
  tokensPerSecond: 0,
  revision,
});

function setUp() {
  const clock = new FakeClock();
  const asked: string[] = [];
  const errors: unknown[] = [];
  const answers = new Map<UsageDimension, PromiseWithResolvers<UsagePart[]>>();
  const model = new DashboardModel({
    report: reportOf(1),
    pulse: pulseOf("a"),
    query: "period=7d",
    dimension: "model",
    parts: [partOf("m")],
    clock,
    onError: (error) => errors.push(error),
    api: {
      report: (query) => {
        asked.push(query);
        return Promise.resolve(reportOf(1 + asked.length));
      },
      parts: (dimension) => {
        const answer = Promise.withResolvers<UsagePart[]>();
        answers.set(dimension, answer);
        return answer.promise;
      },
    },
  });
  return { clock, model, asked, answers, errors };
}

Deno.test("new calls are fetched soon, and no more often than every three seconds", async () => {
  const { clock, model, asked } = setUp();
  model.take(pulseOf("a"));
  await clock.tick(10_000);
  assertEquals(asked, []);
  model.take(pulseOf("b"));
  await clock.tick(0);
  assertEquals([asked, model.report.value?.total.calls], [["period=7d"], 2]);
  for (const revision of ["c", "d", "e"]) {
    model.take(pulseOf(revision));
    await clock.tick(500);
  }
  assertEquals(asked.length, 1);
  await clock.tick(3_000);
  model.take(pulseOf("e"));
  await clock.tick(3_000);
  assertEquals(model.report.value?.total.calls, asked.length + 1);
  model.take(pulseOf("f"));
  model.stop();
  const before = asked.length;
  await clock.tick(10_000);
  assertEquals(asked.length, before);
});

Deno.test("what is asked for last is shown, whatever is answered last", async () => {
  const { model, answers, errors } = setUp();
  const chats = model.choose("chat");
  assertEquals([model.dimension.value, model.parts.value], ["chat", null]);
  const projects = model.choose("project");
  answers.get("project")?.resolve([partOf("p")]);
  answers.get("chat")?.resolve([partOf("c")]);
  await Promise.all([chats, projects]);
  assertEquals(model.parts.value?.map(({ value }) => value), ["p"]);
  await model.choose("model");
  assertEquals(model.parts.value?.map(({ value }) => value), ["m"]);
  const failing = model.choose("chat");
  const failure = new Error("away");
  answers.get("chat")?.reject(failure);
  await failing;
  assertEquals([model.parts.value, errors], [[], [failure]]);
});
