import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { render } from "preact-render-to-string";
import {
  sampleCall,
  sampleDecision,
  sampleLog,
  sampleNode,
  sampleNodes,
} from "../../lib/client/nodes/testing/samples.ts";
import { type Language, textsOf } from "../../lib/shared/texts/mod.ts";
import { NodesPage } from "./NodesPage.tsx";
import { NodesScope } from "./NodesScope.tsx";
import type { NodesPageData } from "./page_data.ts";

function html(changes: Partial<NodesPageData> = {}, language: Language = "en"): string {
  const data: NodesPageData = {
    nodes: sampleNodes(),
    queue: [],
    aliases: [],
    selected: null,
    decisions: [],
    log: null,
    aliasDraft: { name: "", models: "" },
    aliasProblem: null,
    problem: null,
    canManage: true,
    now: 0,
    ...changes,
  };
  return render(
    <NodesScope data={data} texts={textsOf(language, ["common", "nodes", "nodesPage"])} language={language}>
      <NodesPage data={data} />
    </NodesScope>,
  );
}

/** The card of a node. */
function card(page: string, id: string): string {
  return page.split('<div class="node-grid__item"').find((part) => part.includes(`data-node="${id}"`)) ?? "";
}

Deno.test("a card shows the light, the rate, the latency, the load and the memory of its node", () => {
  const page = html();
  const first = card(page, "llama-01");
  for (const part of ["light--healthy", "Ready", ">12<", "130 ms", "45 %", "67 %", "2 under way"]) {
    assertStringIncludes(first, part);
  }
  const second = card(page, "llama-02");
  for (const part of ["light--warning", "Needs attention", ">8<", "940 ms", "89 %", "92 %", "3 waiting"]) {
    assertStringIncludes(second, part);
  }
  assertStringIncludes(page, "1 of 2 ready");
});

Deno.test("offline, draining and switched off nodes look like that", () => {
  const nodes = [
    sampleNode("a", { status: "offline" }),
    sampleNode("b", { draining: true }),
    sampleNode("c", { enabled: false, status: "offline" }),
  ];
  const page = html({ nodes });
  assertMatch(card(page, "a"), /node-card--offline.*badge--offline.*Offline/s);
  assertMatch(card(page, "b"), /node-card--draining.*Draining/s);
  assertMatch(card(page, "c"), /node-card--off".*Switched off/s);
});

Deno.test("nodes of the configuration and the built-in one say why they cannot be moved", () => {
  const nodes = [
    sampleNode("own"),
    sampleNode("config", { origin: "config" }),
    sampleNode("sketch", { origin: "builtin", kind: "sketch", baseUrl: "builtin:sketch" }),
  ];
  const page = html({ nodes });
  assertStringIncludes(card(page, "own"), "data-handle");
  assertStringIncludes(card(page, "config"), "Its place is set in fresh.config.ts");
  assertStringIncludes(card(page, "sketch"), "Built in, and always asked last");
  assertFalse(card(page, "config").includes("data-handle"));
});

Deno.test("details show health, figures, models, actions and every decision with its reason and outcome", () => {
  const decisions = [
    sampleDecision("c2", {
      attempt: 2,
      isContinued: true,
      waitedMs: 1_200,
      outcome: "failed",
      error: { code: "upstream", message: "It broke off" },
    }),
    sampleDecision("c1"),
  ];
  const page = html({ selected: "llama-02", decisions });
  const panel = page.slice(page.indexOf("<dialog"), page.indexOf("</dialog>"));
  const parts = [
    "It is warning",
    "http://llama-02.local:11434",
    "closed: calls go through",
    "in memory",
    'value="drain"',
    'value="disable"',
    'value="earlier"',
    "Attempt 2",
    "Waited 1.2 s",
    "First token after 0.13 s",
    "Took 2.4 s",
    "80 tokens",
    "It broke off",
    "it holds the model in memory",
    "another node",
  ];
  for (const part of parts) assertStringIncludes(panel, part);
  assertMatch(panel, /^<dialog[^>]* open/);
  assertFalse(html().includes("<dialog"));
});

Deno.test("details show what was seen of the node: probes, failed calls and what followed", () => {
  const page = html({ selected: "llama-01", log: sampleLog() });
  const log = page.slice(page.indexOf('class="node-log"'), page.indexOf('class="decision-log"'));
  const entries = log.split("<li").slice(1).map((entry) => entry.replaceAll(/<[^>]*>/g, " "));
  const parts = [
    ["Circuit breaker", "closed: calls go through"],
    ["Probe", "Answered", "4 ms", "next "],
    ["Call failed", "The connection broke", "12 ms"],
    ["Circuit breaker", "open: it is left alone", "until "],
    ["Probe", "Failed", "Nothing is there"],
  ];
  assertEquals(entries.length, parts.length);
  for (const [i, entry] of entries.entries()) {
    for (const part of parts[i] ?? []) assertStringIncludes(entry, part);
  }
  assertStringIncludes(log, "Next probe ");
  const empty = html({ selected: "llama-01", log: { entries: [], nextProbeAt: null } });
  assertMatch(empty, /No probes.*Nothing was seen of it/s);
});

Deno.test("nodes stand under the headings of their tiers, and a tier of several says that they share", () => {
  const nodes = [
    sampleNode("a", { priority: 3 }),
    sampleNode("b", { priority: 3 }),
    sampleNode("c", { priority: 7 }),
    sampleNode("sketch", { priority: 1000, origin: "builtin", kind: "sketch", baseUrl: "builtin:sketch" }),
  ];
  const told = html({ nodes }).matchAll(
    /First choice|Second choice|Last of all|\d nodes share|data-node="\w+"/g,
  );
  assertEquals([...told].map(String), [
    "First choice",
    "2 nodes share",
    'data-node="a"',
    'data-node="b"',
    "Second choice",
    'data-node="c"',
    "Last of all",
    'data-node="sketch"',
  ]);
});

Deno.test("where the machine's memory is not known, that of the loaded models is told, or why there is nothing", () => {
  const model = { id: "m", name: "m", capabilities: [], loaded: true, memoryBytes: 5.2e9, vramBytes: 4e9 };
  const nodes = [
    sampleNode("remote", { models: [model, { ...model, id: "n", loaded: false }] }),
    sampleNode("silent", { models: [{ id: "m", name: "m", capabilities: [] }] }),
    sampleNode("away", { models: [model], status: "offline" }),
    sampleNode("here", { models: [model], memory: 67 }),
  ];
  const page = html({ nodes, selected: "remote" });
  assertMatch(card(page, "remote"), /5\.2 GB<small[^>]*>loaded/);
  assertStringIncludes(card(page, "silent"), "This server does not tell its memory");
  assertMatch(card(page, "away"), /Memory<.*not known/s);
  assertStringIncludes(card(page, "here"), "67 %");
  assertStringIncludes(page, "5.2 GB loaded, 4 GB of it on graphics cards");
  assertStringIncludes(html({ nodes, selected: "here" }), "67 % of this machine; 5.2 GB loaded");
});

Deno.test("the queue shows place, model, source, waiting and expected time, and how to cancel", () => {
  const page = html({ queue: [sampleCall("c1"), sampleCall("c2", { position: 2, source: "api" })] });
  const rows = page.slice(page.indexOf("<tbody"), page.indexOf("</tbody>"));
  for (
    const part of [
      "llama3.2:latest",
      ">1 of 2<",
      ">2 of 2<",
      ">Chat<",
      ">API<",
      ">2 s<",
      ">4 s<",
      "place 2 out of the queue",
    ]
  ) {
    assertStringIncludes(rows, part);
  }
});

Deno.test("who may only look is offered nothing to change", () => {
  const aliases = [{ name: "fast", models: ["a", "b"], origin: "manual" as const }];
  const page = html({ canManage: false, queue: [sampleCall("c1")], aliases, selected: "llama-01" });
  assertStringIncludes(page, "fast");
  assertEquals([page.includes("<form"), page.includes("/settings/nodes/add")], [false, false]);
});

Deno.test("with only the built-in model, the page tells how to add a node; a failure says why", () => {
  const sketch = sampleNode("sketch", { origin: "builtin", kind: "sketch", baseUrl: "builtin:sketch" });
  assertStringIncludes(html({ nodes: [sketch] }), "ollama pull");
  const failed = html({ nodes: [], problem: { code: "storage", message: "The disk is full" } });
  assertMatch(failed, /role="alert".*could not be loaded.*The disk is full/s);
});

Deno.test("an alias that was refused stays in the form, with the reason at its field", () => {
  const page = html({
    aliasDraft: { name: "?", models: "a\nb" },
    aliasProblem: { code: "invalid_request", message: "A name has letters", field: "name" },
  });
  assertMatch(page, /id="field-alias"[^>]*aria-invalid="true"/);
  assertStringIncludes(page, "A name has letters");
  assertMatch(page, /<textarea[^>]*>a\nb<\/textarea>/);
});

Deno.test("it speaks German", () => {
  const page = html({}, "de");
  assert(page.includes("Knoten hinzufügen") && page.includes("2 in Arbeit"));
});
