import { assertEquals, assertRejects } from "@std/assert";
import {
  FreshetError,
  type LogFilter,
  type LogLine,
  type LogView,
  type SystemHistory,
  type SystemRange,
  type SystemSample,
  type SystemState,
  type Threshold,
} from "../../shared/mod.ts";
import { stretches } from "../canvas/gap_chart.ts";
import { FakeClock } from "../testing/fake_clock.ts";
import { LogModel } from "./log_model.ts";
import { rowsOf, seriesOf, summaryOf } from "./series.ts";
import { queryOf } from "./system_api.ts";
import { SystemModel } from "./system_model.ts";
import { ThresholdForm, thresholdsOf } from "./threshold_form.ts";

const HOUR = 3_600_000;

function sample(at: number, cpu: number | null): SystemSample {
  return { at, cpu, memory: null, disk: null, gpu: null, gpuMemory: null, received: null, sent: null };
}

const STATE: SystemState = {
  at: 0,
  host: { name: "a", os: "linux", arch: "x86_64" },
  cpu: null,
  memory: null,
  gpu: null,
  disks: null,
  network: null,
  processes: null,
  missing: [],
};

Deno.test("a series is evenly spaced up to now, with gaps where nothing is known", () => {
  const points = [sample(0, 99), sample(HOUR, 1), sample(HOUR + 20_000, null), sample(HOUR + 40_000, 3)];
  const values = seriesOf(points, "cpu", "hour", HOUR + 45_000);
  assertEquals([values.length, [...values.slice(-4)]], [180, [NaN, 1, NaN, 3]]);
  assertEquals(stretches(values), [[177, 177], [179, 179]]);
  assertEquals(stretches([1, 2, NaN, 3]), [[0, 1], [3, 3]]);
  assertEquals(summaryOf(values), { mean: 2, largest: 3 });
  assertEquals(summaryOf([NaN]), undefined);
});

Deno.test("a table has a row for each twelfth of the range, the newest first", () => {
  const points = Array.from({ length: 180 }, (_, i) => sample(i * 20_000, i < 15 ? 10 : 20));
  const rows = rowsOf(points, "cpu", "hour");
  assertEquals(rows.length, 12);
  assertEquals(rows.at(-1), { at: 0, mean: 10, largest: 10 });
  assertEquals(rows[0]?.at, 11 * 300_000);
  assertEquals(rowsOf(points, "gpu", "hour"), []);
});

/** A model whose histories come when the test lets them. */
function modelOf(points: SystemSample[] = []) {
  const waiting: ((history: SystemHistory) => void)[] = [];
  const model = new SystemModel({
    view: { state: STATE, sample: sample(0, null), alerts: [] },
    history: { range: "hour", stepMs: 20_000, points },
    api: { history: () => new Promise((resolve) => waiting.push(resolve)) },
  });
  const beat = (at: number, cpu: number | null) =>
    model.beat({ sample: sample(at, cpu), state: STATE, alerts: [] });
  return { model, waiting, beat };
}

Deno.test("samples of one step become their average, the next step is a point of its own, the oldest goes", () => {
  const { model, beat } = modelOf([sample(0, 50)]);
  beat(20_000, 10);
  beat(22_000, 20);
  beat(24_000, null);
  beat(26_000, 30);
  beat(41_000, 70);
  const cpus = () => model.history.value.points.map(({ at, cpu }) => [at / 1000, cpu]);
  assertEquals(cpus().map(([at, cpu]) => [at, Math.round(cpu ?? NaN)]), [[0, 50], [20, 19], [40, 70]]);
  beat(HOUR + 20_000, 5);
  assertEquals(cpus().map(([at]) => at), [40, 3_620]);
});

Deno.test("of ranges asked for one after the other, the last is shown", async () => {
  const { model, waiting } = modelOf();
  const history = (range: SystemRange): SystemHistory => ({ range, stepMs: 1, points: [] });
  const first = model.show("day");
  const second = model.show("week");
  assertEquals(model.isLoading.value, true);
  waiting[1]?.(history("week"));
  await second;
  waiting[0]?.(history("day"));
  await first;
  assertEquals([model.history.value.range, model.isLoading.value], ["week", false]);
});

Deno.test("thresholds are changed one by one and saved together; what is refused stays in the form", async () => {
  const given: Threshold[] = [
    { figure: "cpu", above: 95, forSeconds: 300, enabled: false },
    { figure: "memory", above: 90, forSeconds: 60, enabled: false },
  ];
  let isRefused = true;
  const form = new ThresholdForm(given, {
    setThresholds: (thresholds) =>
      isRefused
        ? Promise.reject(new FreshetError("invalid_request", "Too high"))
        : Promise.resolve([...thresholds]),
  });
  form.change("memory", { above: 120, enabled: true });
  assertEquals([await form.save(), form.problem.value, form.draft.value[1]?.above], [false, "Too high", 120]);
  isRefused = false;
  assertEquals([await form.save(), form.problem.value], [true, null]);
  const broken = new ThresholdForm(given, { setThresholds: () => Promise.reject(new TypeError("a bug")) });
  await assertRejects(() => broken.save(), TypeError);
  assertEquals(broken.isSaving.value, false);
});

Deno.test("a posted form names each threshold's values", () => {
  const form = new URLSearchParams("memory.above=91.5&memory.forSeconds=30&memory.enabled=on");
  const [cpu, memory] = thresholdsOf(form);
  assertEquals(memory, { figure: "memory", above: 91.5, forSeconds: 30, enabled: true });
  assertEquals(cpu?.enabled, false);
});

function line(seq: number, message = `line ${seq}`): LogLine {
  return { seq, at: seq, level: "info", part: seq % 2 === 0 ? "even" : "odd", message };
}

/** A log whose server the test plays. */
function logOf(lines: LogLine[] = []) {
  const clock = new FakeClock();
  const asked: LogFilter[] = [];
  const opened: [LogFilter, string | undefined][] = [];
  let send: (text: string) => void = () => {};
  const view = (): LogView => ({ lines, parts: ["odd"], debug: { on: false, until: null }, place: "p-9" });
  const model = new LogModel({
    view: view(),
    filter: {},
    clock,
    onError: (error) => {
      throw error;
    },
    api: {
      logs: (filter) => {
        asked.push(filter);
        return Promise.resolve(view());
      },
      logEvents: (filter, place, signal) => {
        opened.push([filter, place]);
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            send = (text) => controller.enqueue(new TextEncoder().encode(text));
            signal.addEventListener("abort", () => controller.error(signal.reason));
          },
        });
        return Promise.resolve(new Response(body));
      },
      setDebug: (minutes) => Promise.resolve({ on: minutes > 0, until: minutes > 0 ? 60_000 : null }),
    },
  });
  const event = async (type: string, data: unknown, id?: string) => {
    send(`${id ? `id: ${id}\n` : ""}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    await clock.tick(0);
  };
  const messages = () => model.lines.value.map(({ message }) => message);
  return { clock, model, asked, opened, event, messages };
}

Deno.test("the log follows from where its page was rendered, and shows the latest lines only", async () => {
  const { clock, model, opened, event, messages } = logOf([line(1)]);
  model.listen(true);
  await clock.tick(0);
  assertEquals(opened, [[{}, "p-9"]]);
  await event("lines", [line(10), line(11)], "p-11");
  assertEquals([messages(), model.parts.value], [["line 1", "line 10", "line 11"], ["even", "odd"]]);
  await event("missed", { count: 7 });
  await event("debug", { on: true, until: 5 });
  assertEquals([model.missed.value, model.debug.value.on], [7, true]);
  await event("lines", Array.from({ length: 600 }, (_, i) => line(100 + i)));
  assertEquals([messages().length, messages().at(-1)], [500, "line 699"]);
  model.listen(false);
});

Deno.test("paused, new lines wait; what was cleared does not come back", async () => {
  const { clock, model, event, messages } = logOf([line(1)]);
  model.listen(true);
  await clock.tick(0);
  model.pause();
  await event("lines", [line(2)]);
  assertEquals([messages(), model.isPaused.value], [["line 1"], true]);
  model.pause();
  assertEquals(messages(), ["line 1", "line 2"]);
  model.clear();
  await event("lines", [line(3)]);
  assertEquals(messages(), ["line 3"]);
  model.listen(false);
});

Deno.test("another filter asks anew and follows from there; while somebody types, only after a pause", async () => {
  const { clock, model, asked, opened } = logOf();
  model.listen(true);
  await clock.tick(0);
  for (const text of ["a", "ab", "abc"]) {
    model.setFilter({ text }, true);
    await clock.tick(100);
  }
  assertEquals(asked.length, 0);
  await clock.tick(250);
  assertEquals([asked, opened.at(-1)], [[{ text: "abc" }], [{ text: "abc" }, "p-9"]]);
  model.setFilter({ level: "warn" });
  await clock.tick(1);
  assertEquals(opened.at(-1)?.[0], { text: "abc", level: "warn" });
  model.listen(false);
});

Deno.test("a filter is a query", () => {
  assertEquals(queryOf({ level: "warn", part: undefined, text: "a b" }), "?level=warn&text=a+b");
  assertEquals(queryOf({}), "");
});
