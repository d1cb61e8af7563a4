import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { render } from "preact-render-to-string";
import type { LogLine, SystemState, SystemView } from "../../lib/shared/mod.ts";
import { type Language, textsOf } from "../../lib/shared/texts/mod.ts";
import { LogPage } from "./LogPage.tsx";
import type { LogPageData } from "./page_data.ts";
import { SystemPage } from "./SystemPage.tsx";

const GB = 1_000_000_000;

const KNOWN: SystemState = {
  at: 0,
  host: { name: "workstation", os: "darwin", arch: "aarch64" },
  cpu: { model: "Apple M1 Max", cores: [12, 88.4], load: [1.5, 1.25, 0.75] },
  memory: { total: 64 * GB, used: 24 * GB, swapTotal: 2 * GB, swapUsed: GB },
  gpu: [
    { name: "Apple M1 Max", busy: 16, memoryUsed: 2 * GB, memoryTotal: null, temperature: null, power: null },
    { name: "RTX 3060", busy: null, memoryUsed: 3 * GB, memoryTotal: 12 * GB, temperature: 41, power: 12.4 },
  ],
  disks: [{ mount: "/", device: "/dev/disk3s1", total: 500 * GB, used: 485 * GB }],
  network: [{ name: "en0", received: 250_000, sent: 40_000 }],
  processes: [
    { pid: 4211, server: "Ollama", command: "ollama runner", cpu: 121, memory: 9 * GB, elapsed: "02:11:45" },
  ],
  missing: [],
};
const UNKNOWN: SystemState = {
  ...KNOWN,
  cpu: null,
  memory: null,
  gpu: null,
  disks: null,
  network: null,
  processes: null,
};

function html(
  state: Partial<SystemState> = {},
  view: Partial<SystemView> = {},
  language: Language = "en",
): string {
  const sample = {
    at: 0,
    cpu: 50,
    memory: 37.5,
    disk: 97,
    gpu: 16,
    gpuMemory: 25,
    received: 250_000,
    sent: null,
  };
  const data = {
    view: { state: { ...KNOWN, ...state }, sample, alerts: [], ...view },
    history: { range: "hour" as const, stepMs: 20_000, points: [sample, { ...sample, at: 20_000, cpu: 70 }] },
    thresholds: [{ figure: "memory" as const, above: 90, forSeconds: 60, enabled: true }],
    problem: null,
    now: 0,
  };
  return render(
    <SystemPage data={data} texts={textsOf(language, ["common", "system"])} language={language} />,
  );
}

Deno.test("the machine is told in words: each chart with its figure, a summary and a table", () => {
  const page = html();
  for (
    const part of [
      "workstation · macOS · aarch64",
      "On average 60 %, at most 70 %",
      "250 KB/s",
      "Core 2",
      "88 %",
      "24 GB of 64 GB in use",
      "Swap space: 1 GB of 2 GB in use",
      "2 GB of this machine&#39;s memory",
      "3 GB / 12 GB",
      "15 GB / 500 GB",
      "121 %",
      "02:11:45",
    ]
  ) assertStringIncludes(page.replaceAll("'", "&#39;"), part);
  assertMatch(page, /<summary aria-label="CPU as a table">/);
  assertEquals(page.match(/<canvas[^>]*aria-hidden="true"/g)?.length, 6);
});

Deno.test("what is missing names the flag or the program; without a GPU there are no charts of it", () => {
  const page = html({
    ...UNKNOWN,
    missing: [
      { part: "gpu", why: "tool", needs: "nvidia-smi, rocm-smi" },
      { part: "disks", why: "permission", needs: "--allow-run=df" },
      { part: "memory", why: "failed", needs: "", detail: "It is <broken>" },
    ],
  });
  assertStringIncludes(page, "none of the programs that know them is installed (nvidia-smi, rocm-smi)");
  assertStringIncludes(page, "start it with --allow-run=df, or by “deno task start:full”");
  assertStringIncludes(page, "It is &lt;broken>");
  assertStringIncludes(page, "Being measured …");
  assertEquals(page.match(/<canvas/g)?.length, 4);
});

Deno.test("what there is none of is said", () => {
  const page = html({ processes: [], disks: [], network: [] });
  assertStringIncludes(page, "No model server runs on this machine");
  assertStringIncludes(page, "No storage was found");
  assertStringIncludes(page, "There is no network");
});

Deno.test("what is over its threshold is listed, and the form can be posted without a script", () => {
  const alert = {
    figure: "disk",
    state: "raised",
    value: 97,
    above: 95,
    at: 0,
    host: "workstation",
  } as const;
  const page = html({}, { alerts: [alert] });
  assertMatch(page, /aria-label="Above a threshold now".*Storage: above 95 % since/s);
  assertMatch(page, /<form method="post" action="\/system"/);
  assertMatch(page, /name="memory.enabled"[^>]*checked/);
  assertFalse(html().includes("Above a threshold now"));
});

function logHtml(
  changes: Partial<LogPageData> = {},
  lines: LogLine[] = [],
  language: Language = "en",
): string {
  const view = { lines, parts: ["nodes"], debug: { on: false, until: null }, place: "p-1" };
  const data = { view, filter: {}, ...changes };
  return render(<LogPage data={data} texts={textsOf(language, ["common", "system"])} language={language} />);
}

Deno.test("lines of the log show all that they say; what they say is text", () => {
  const page = logHtml({}, [
    {
      seq: 1,
      at: 0,
      level: "error",
      part: "nodes",
      message: "<b>It broke",
      fields: { node: "alpha", body: "a\nb" },
    },
  ]);
  assertStringIncludes(page, "&lt;b>It broke");
  assertMatch(page, /<summary>.*node=alpha body=a.*<dt>node<\/dt>/s);
});

Deno.test("an empty log and a filter that nothing is like are told apart, and the filter stays chosen", () => {
  assertStringIncludes(logHtml(), "The log is empty");
  const page = logHtml({ filter: { level: "warn", part: "runs", text: "x" } });
  assertStringIncludes(page, "No line is like that");
  assertMatch(page, /<option[^>]*selected[^>]*value="warn"|<option[^>]*value="warn"[^>]*selected/);
  assertMatch(page, /<option[^>]*selected[^>]*value="runs"|<option[^>]*value="runs"[^>]*selected/);
  assertStringIncludes(page, "/api/system/logs/download?level=warn&amp;part=runs&amp;text=x");
});

Deno.test("they speak German", () => {
  assertStringIncludes(html({}, {}, "de"), "Im Mittel 60 %, höchstens 70 %");
  assertStringIncludes(logHtml({}, [], "de"), "Das Protokoll ist leer");
});
