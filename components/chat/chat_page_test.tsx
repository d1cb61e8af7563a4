import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { render } from "preact-render-to-string";
import type { ComponentChildren } from "preact";
import type { BranchMessage, ChatPageData } from "../../lib/shared/mod.ts";
import { ALL_FEATURES, defaultUiSettings, initialRunState } from "../../lib/shared/mod.ts";
import { textsOf } from "../../lib/shared/texts/mod.ts";
import {
  sampleChat,
  sampleMessage,
  sampleModel,
  samplePage,
  sampleRun,
} from "../../lib/client/testing/samples.ts";
import { Composer } from "./composer/Composer.tsx";
import { PageScope } from "./PageScope.tsx";
import { RunSettingsPanel } from "./settings/RunSettingsPanel.tsx";
import { Sidebar } from "./sidebar/Sidebar.tsx";
import { StatusBar } from "./status/StatusBar.tsx";
import { TokenCountMeter } from "./status/TokenCountMeter.tsx";
import { Thread } from "./thread/Thread.tsx";

function html(part: ComponentChildren, data: ChatPageData): string {
  const texts = textsOf(data.language === "de" ? "de" : "en", ["common", "chat", "chatFolders"]);
  return render(<PageScope data={data} texts={texts}>{part}</PageScope>);
}

function thread(changes: Partial<BranchMessage>, more: Partial<ChatPageData> = {}): string {
  const message = sampleMessage("a1", { role: "assistant", parentId: "u1", ...changes });
  const messages = [sampleMessage("u1", { text: "A *question*" }), message];
  return html(<Thread />, samplePage({ chat: sampleChat(), page: { messages, before: null }, ...more }));
}

Deno.test("messages are rendered on the server, as Markdown and without their HTML", () => {
  const page = thread({ text: "An **answer** <img src=x onerror=alert(1)>" });
  assertStringIncludes(page, "<em>question</em>");
  assertStringIncludes(page, "<strong>answer</strong>");
  assertFalse(page.includes("<img src=x"), "HTML of a model must be escaped");
});

Deno.test("an answer tells its node, tokens, time to the first token and rate", () => {
  const usage = { promptTokens: 1200, completionTokens: 34, totalTokens: 1234, estimated: false };
  const metrics = { firstTokenMs: 420, durationMs: 2000, tokensPerSecond: 21.55 };
  const page = thread({ nodeName: "Ollama", nodeReason: "Holds the model", usage, metrics });
  for (const part of ["Ollama", "Holds the model", "34 tokens", "0.42 s", "21.6 tokens/s"]) {
    assertStringIncludes(page, part);
  }
  assertFalse(page.includes("≈ 34"));
  assertMatch(thread({ usage: { ...usage, estimated: true } }), /≈ 34 tokens/);
  const hidden = samplePage({ settings: { ...defaultUiSettings(), showMetrics: false } }).settings;
  assertFalse(thread({ usage, metrics }, { settings: hidden }).includes("34 tokens"));
});

Deno.test("an answer says which nodes went on with it", () => {
  const continuations = [{ nodeName: "llama-02", at: 3 }, { nodeName: "llama-03", at: 9 }];
  assertStringIncludes(thread({ text: "An answer", continuations }), "Continued on llama-02, llama-03");
  assertFalse(thread({ text: "An answer" }).includes("Continued on"));
});

Deno.test("while an answer waits, its place in the queue and the expected time are told", () => {
  const streaming = { id: "a1", status: "streaming", text: "", runId: "r1" } as const;
  const activity = {
    status: "queued",
    message: "All nodes are busy",
    position: 3,
    expectedMs: 4_200,
  } as const;
  const running = { run: sampleRun(), state: { ...initialRunState(), activity, nodeName: "llama-01" } };
  assertMatch(thread(streaming, { running }), /place 3 in the queue.*about 4 s/is);
  const messages = [sampleMessage("a1", { role: "assistant", ...streaming })];
  const bar = (running: ReturnType<typeof samplePage>["running"]) =>
    html(<StatusBar />, samplePage({ chat: sampleChat(), page: { messages, before: null }, running }));
  assertMatch(bar(running), /Node: llama-01.*Queue: 3/s);
  const state = { ...running.state, activity: { ...activity, waiting: 5 } };
  assertStringIncludes(bar({ ...running, state }), "Queue: place 3 of 5");
});

Deno.test("thoughts are folded unless the person wants them open", () => {
  assertMatch(thread({ reasoning: "Hm" }), /<details class="reasoning"\s*>/);
  const settings = { ...defaultUiSettings(), showReasoning: true };
  assertMatch(thread({ reasoning: "Hm" }, { settings }), /<details class="reasoning" open\s*>/);
});

Deno.test("an answer that is not whole says why and offers to go on", () => {
  assertMatch(thread({ status: "interrupted" }), /interrupted.*Continue/s);
  assertMatch(thread({ status: "cancelled" }), /Stopped.*Continue/s);
  assertMatch(thread({ finishReason: "length" }), /limit of tokens.*Continue/s);
  const failed = thread({
    status: "failed",
    error: { code: "unreachable", message: "Ollama cannot be reached", hint: "Start it" },
  });
  assertMatch(failed, /role="alert".*Ollama cannot be reached.*Start it.*Try again/s);
  const limited = thread({ status: "failed", error: { code: "rate_limited", message: "Too many" } });
  assertStringIncludes(limited, "problem--warning");
});

Deno.test("versions of a message can be gone through", () => {
  const page = thread({ siblings: { index: 1, ids: ["a0", "a1", "a2"] } });
  assertMatch(page, /Versions of this message.*2\/3/s);
  assertFalse(thread({}).includes("Versions of this message"));
});

Deno.test("a page that is opened in mid-answer shows what is written so far", () => {
  const running = {
    run: sampleRun(),
    state: { ...initialRunState(), seq: 3, text: "So **far**\n\nAnd", reasoning: "Hm" },
  };
  const page = thread({ status: "streaming", text: "" }, { running });
  assertMatch(page, /<strong>far<\/strong>.*And/s);
  assertMatch(page, /aria-busy="true"|aria-busy/);
  assertStringIncludes(page, "prose--writing");
});

Deno.test("a chat without messages says who will answer, and honestly where nobody real does", () => {
  const real = html(<Thread />, samplePage());
  assertMatch(real, /llama will answer, on Node 1/);
  assertFalse(real.includes("No model server is connected"));
  const node = { id: "n0", name: "Sketch", kind: "sketch" as const, local: true };
  const models = [sampleModel("sketch", { nodes: [node] })];
  const alone = html(<Thread />, samplePage({ models, defaultModel: "sketch" }));
  assertMatch(alone, /No model server is connected.*ollama run/s);
});

Deno.test("the composer is a form that works without scripts", () => {
  const first = html(<Composer />, samplePage());
  assertMatch(first, /<form[^>]*method="post"[^>]*action="\/chat"/);
  assertMatch(first, /<textarea[^>]*name="text"/);
  assertMatch(html(<Composer />, samplePage({ chat: sampleChat("c7") })), /action="\/chat\/c7"/);
});

Deno.test("what is switched off is not offered", () => {
  const off = samplePage({
    features: { ...ALL_FEATURES, attachments: false, tools: false },
    tools: [{ name: "calculator", title: "Calculator", description: "" }],
  });
  assertFalse(html(<Composer />, off).includes("Add files"));
  assertFalse(html(<RunSettingsPanel />, off).includes("Calculator"));
  const on = samplePage({ tools: off.tools });
  assert(
    html(<Composer />, on).includes("Add files") && html(<RunSettingsPanel />, on).includes("Calculator"),
  );
});

Deno.test("how much a model thinks can be set where it thinks", () => {
  assertFalse(html(<RunSettingsPanel />, samplePage()).includes("Thinking"));
  const models = [sampleModel("llama", { capabilities: ["chat", "reasoning"] })];
  assertStringIncludes(html(<RunSettingsPanel />, samplePage({ models })), "Thinking");
});

Deno.test("the meter shows how full the context window is", () => {
  const usage = { promptTokens: 3000, completionTokens: 400, totalTokens: 3400, estimated: false };
  const messages = [sampleMessage("u1"), sampleMessage("a1", { role: "assistant", usage })];
  const models = [sampleModel("llama", { contextLength: 4096 })];
  const page = html(<TokenCountMeter />, samplePage({ page: { messages, before: null }, models }));
  for (const part of ["3,000", "400", "3,400", "83 % of 4,096", "meter--high", "As reported"]) {
    assertStringIncludes(page, part);
  }
});

Deno.test("the list marks the open chat, and everything speaks German", () => {
  const chats = {
    chats: [sampleChat("c1", { title: "Eins", pinned: true }), sampleChat("c2")],
    cursor: null,
  };
  const page = html(<Sidebar />, samplePage({ chat: sampleChat("c1"), chats, language: "de" }));
  assertMatch(page, /href="\/chat\/c1"[^>]*aria-current="page"/);
  assertEquals(page.match(/aria-current/g)?.length, 1);
  assertMatch(page, /Neuer Chat.*Angeheftet/s);
});
