import { assert, assertEquals, assertGreater, assertLessOrEqual, assertRejects } from "@std/assert";
import OpenAI from "openai";
import { z } from "zod";
import { AT_MACHINE, localPrincipal } from "../../lib/access/mod.ts";
import { createServices } from "../../lib/app/mod.ts";
import { answer as answerOfChat } from "../../lib/chats/answer.ts";
import { silentLog } from "../../lib/host/mod.ts";
import type { ApiKeyOptions } from "../../lib/shared/mod.ts";
import { defineTool, ToolRegistry } from "../../lib/tools/mod.ts";
import type { FakeAnswer, FakePrompt } from "../fakes/mod.ts";
import { testConfig } from "../harness.ts";
import { Chaos } from "../nodes/chaos.ts";
import { type FakeKind, FakeNode } from "../nodes/fake_node.ts";
import {
  type Answer,
  callOf,
  count,
  type Fleet,
  SHORT_PATIENCE,
  toolOffer,
  withFleet,
} from "../nodes/fleet.ts";
import {
  anyPieces,
  begunOf,
  type Continuing,
  hash,
  leftOf,
  questionOf,
  SCRIPTED_MODEL,
  scriptedAnswer,
  scriptedText,
} from "../nodes/scripted_model.ts";
import { driver, pause, pool } from "../nodes/unrest.ts";
import { assertBooked, assertWhole } from "../nodes/whole_answer.ts";
import { seededRandom } from "../random.ts";

const AT_ONCE = 20;

/** What each node is: which server, and how it takes the beginning of an answer. */
type Line = readonly (readonly [FakeKind, Continuing])[];

const LINES: Record<string, Line> = {
  "servers that go on": [["ollama", "continues"], ["vllm", "continues"], ["anthropic", "continues"]],
  "servers that say all once more": [["ollama", "repeats"], ["lmstudio", "repeats"], ["vllm", "continues"]],
};

/** Three waves of answers; in each of them another node is spared, of which nothing bad is known where `isFresh`. */
async function waves(
  line: Line,
  perWave: number,
  { isFresh }: { isFresh: boolean },
): Promise<void> {
  const kinds = line.map(([kind]) => kind);
  const waveOf = (question: string) => Math.floor(Number(question.split(" ")[1]) / perWave);
  const chaos = new Chaos((kind, question) => kinds[waveOf(question)] === kind);
  const servers = await Promise.all(line.map(([kind, how]) => FakeNode.start(kind, chaos.script(kind, how))));
  await withFleet(servers.map((node) => ({ node })), async (fleet) => {
    const answers: Answer[] = [];
    fleet.nodes.watch(localPrincipal);
    for (let wave = 0; wave < kinds.length; wave++) {
      const questions = Array.from({ length: perWave }, (_, i) => `question ${wave * perWave + i}`);
      const unlucky = servers.filter(({ kind }) => kind !== kinds[wave]);
      if (isFresh) { for (const server of servers) fleet.nodes.monitor.of(fleet.idOf(server)).reset(); }
      await using _driver = driver(fleet, unlucky, seededRandom(wave + 1));
      answers.push(...await pool(questions, AT_ONCE, (question) => fleet.ask(question)));
    }
    for (const answer of answers) assertWhole(answer);
    await assertBooked(fleet, answers);
    const going = answers.filter(({ events }) =>
      events.some((event) => event.type === "node" && event.isContinued)
    );
    assertGreater(going.length, perWave / 4, "hardly an answer was gone on with");
    assertGreater(chaos.counts.size, 9, [...chaos.counts.keys()].join("; "));
  });
}

for (const [name, line] of Object.entries(LINES)) {
  Deno.test(`no answer is lost and no character doubled or missing while one node of three lives: ${name}`, () =>
    waves(line, 34, { isFresh: true }));
}

Deno.test("no answer is lost while one node of three lives, though that one failed a moment ago", () =>
  waves(LINES["servers that go on"] ?? [], 20, { isFresh: false }));

Deno.test("answers outlive every node that they were on, while one after the other is killed and comes back", async () => {
  const slow: FakeNode["script"] = (prompt) => ({
    ...scriptedAnswer(prompt, seededRandom(hash(questionOf(prompt)))),
    paceMs: 2,
  });
  const servers = await Promise.all(
    (["ollama", "vllm", "anthropic"] as const).map((kind) => FakeNode.start(kind, slow)),
  );
  await withFleet(servers.map((node) => ({ node })), async (fleet) => {
    for (const server of servers.slice(1)) await server.kill();
    const closing = new AbortController();
    const turns = (async () => {
      for (let turn = 0; !closing.signal.aborted; turn++) {
        await pause(250, closing.signal);
        await servers[(turn + 1) % 3]?.revive();
        // For a moment two live, so that who was just told that one is dead can still find the other.
        await pause(120, closing.signal);
        await servers[turn % 3]?.kill();
      }
    })();
    const questions = Array.from({ length: 40 }, (_, i) => `outlives ${i}`);
    const answers = await pool(questions, 10, (question) => fleet.ask(question));
    closing.abort();
    await turns;
    for (const answer of answers) assertWhole(answer);
    await assertBooked(fleet, answers);
    const moves = answers.reduce((sum, answer) => sum + count(answer, "node") - 1, 0);
    assertGreater(moves, answers.length, "hardly an answer had to move");
  });
});

/** The scripted model of a server that goes wrong in one way. */
function spoilt(more: Partial<FakeAnswer>, how: Continuing = "continues"): FakeNode["script"] {
  return (prompt) => ({ ...scriptedAnswer(prompt, seededRandom(hash(questionOf(prompt))), how), ...more });
}

const cutAfter = (afterDeltas: number) => spoilt({ interruption: { type: "cut", afterDeltas } });

/** Runs `fn` with servers that are asked in this order. */
async function inOrder(
  scripts: readonly (readonly [FakeKind, FakeNode["script"]])[],
  fn: (fleet: Fleet, servers: FakeNode[]) => Promise<void>,
): Promise<void> {
  const servers = await Promise.all(scripts.map(([kind, script]) => FakeNode.start(kind, script)));
  await withFleet(servers.map((node, i) => ({ node, priority: i + 1 })), (fleet) => fn(fleet, servers));
}

Deno.test("an answer that broke off at any of its characters is gone on with to the character", async () => {
  for (
    const [kind, how] of [["vllm", "continues"], ["ollama", "continues"], ["ollama", "repeats"]] as const
  ) {
    const total = anyPieces(scriptedText("joint"), seededRandom(hash("joint"))).length;
    let at = 0;
    await inOrder([
      ["anthropic", (prompt) => cutAfter(at)(prompt)],
      [kind, (prompt) => scriptedAnswer(prompt, seededRandom(at), how)],
    ], async (fleet) => {
      for (at = 1; at <= total; at++) {
        const answer = await fleet.ask("joint");
        assertWhole(answer);
        assertEquals(count(answer, "node"), 2);
        fleet.nodes.monitor.of((await fleet.nodes.registry.list(localPrincipal))[0]?.id ?? "").reset();
      }
    });
  }
});

Deno.test("a server that trims its answers goes on where the white space was said already", () =>
  inOrder([
    ["anthropic", (prompt) => ({ deltas: wordsOf(prompt), interruption: { type: "cut", afterDeltas: 9 } })],
    ["ollama", (prompt) => scriptedAnswer(prompt, seededRandom(1), "trims")],
  ], async (fleet) => assertWhole(await fleet.ask("trimmed"))));

function wordsOf(prompt: FakePrompt): string[] {
  return scriptedText(questionOf(prompt)).match(/\S+\s*/g) ?? [];
}

Deno.test("a server that says all once more, but without the white space before it, is held to it all the same", () => {
  const text = "\n\n  Here is a long enough answer, that begins with white space.";
  const repeats = (): FakeAnswer => ({ deltas: anyPieces(text.trimStart(), seededRandom(1)) });
  return inOrder([
    [
      "vllm",
      () => ({
        deltas: [text.slice(0, 20), text.slice(20, 40), "…"],
        interruption: { type: "cut", afterDeltas: 2 },
      }),
    ],
    ["ollama", repeats],
  ], async (fleet) => assertEquals((await fleet.ask("white")).text, text));
});

Deno.test("white space that two nodes said at the joint is there once, though nothing comes after it", async () => {
  const text = "All of it was said, \n\n";
  for (
    const [kind, how] of [["vllm", "continues"], ["ollama", "continues"], ["ollama", "repeats"]] as const
  ) {
    await inOrder([
      ["anthropic", () => ({ deltas: [text], interruption: { type: "cut", afterDeltas: 1 } })],
      [kind, (prompt) => ({ deltas: [leftOf(text, begunOf(prompt), how)] })],
    ], async (fleet) => assertEquals((await fleet.ask("end")).text, text));
  }
});

Deno.test("a server that says all once more may say as much as was asked for", async () => {
  const text = scriptedText("limited");
  const repeats = (): FakeAnswer => {
    const body = servers[1]?.lastBody as { options?: { num_predict?: number } };
    // Four characters to a token, as the estimate has it.
    const characters = (body.options?.num_predict ?? Infinity) * 4;
    const said = text.slice(0, characters);
    return { deltas: anyPieces(said, seededRandom(1)), finish: said === text ? "stop" : "length" };
  };
  let servers: FakeNode[] = [];
  await inOrder([["vllm", cutAfter(60)], ["ollama", repeats]], async (fleet, started) => {
    servers = started;
    const maxTokens = Math.ceil(text.length / 3);
    const answer = await fleet.ask("limited", {}, { maxTokens });
    assertEquals([answer.error?.message, answer.text], [undefined, text]);
  });
});

Deno.test("a node that cannot say the same once more is not taken for one that fails", () => {
  const opening = "This is how the answer begins on every node, ";
  return inOrder([
    [
      "vllm",
      () => ({ deltas: [`${opening}and so on one`, "…"], interruption: { type: "cut", afterDeltas: 1 } }),
    ],
    ["ollama", () => ({ deltas: anyPieces(`${opening}but not on the other.`, seededRandom(1)) })],
  ], async (fleet, [, other]) => {
    assert(other);
    for (let i = 0; i < 4; i++) {
      const answer = await fleet.ask(`differs ${i}`);
      // What was given stays a beginning: nothing of another answer is joined to it.
      assertEquals([answer.error?.code, answer.text], ["upstream", `${opening}and so on one`]);
      for (const { id } of await fleet.nodes.registry.list(localPrincipal)) {
        if (id !== fleet.idOf(other)) fleet.nodes.monitor.reset(id);
      }
    }
    assertEquals(fleet.nodes.monitor.of(fleet.idOf(other)).breaker.state, "closed");
  });
});

Deno.test("an answer that each node broke off once is gone on with by one that lives again", async () => {
  const third = (prompt: FakePrompt) => spoilt({ interruption: { type: "cut", afterDeltas: 20 } })(prompt);
  let asked = 0;
  await inOrder([
    ["vllm", (prompt) => asked++ === 0 ? third(prompt) : scriptedAnswer(prompt, seededRandom(1))],
    ["anthropic", third],
    ["ollama", third],
  ], async (fleet) => assertWhole(await fleet.ask("all in turn")));
});

Deno.test("a node that only thought before it failed leaves one usage to the caller", () =>
  inOrder([
    [
      "vllm",
      spoilt({
        deltas: [{ type: "reasoning", text: "Let me see" }],
        interruption: { type: "cut", afterDeltas: 1 },
      }),
    ],
    ["ollama", (prompt) => scriptedAnswer(prompt, seededRandom(1))],
  ], async (fleet) => {
    const answer = await fleet.ask("thought");
    assertWhole(answer);
    await assertBooked(fleet, [answer]);
  }));

Deno.test("an answer is whole once it is finished, though the connection never ends", async () => {
  for (const kind of ["vllm", "anthropic"] as const) {
    await inOrder([[kind, (prompt) => {
      const answer = scriptedAnswer(prompt, seededRandom(1));
      // All but the last bytes, which end the stream.
      return { ...answer, chunking: (body) => [body.subarray(0, body.length - 8)] };
    }]], async (fleet) => {
      const answer = await fleet.ask("open end");
      assertEquals([answer.error, answer.text], [undefined, scriptedText("open end")]);
      assertEquals([count(answer, "finish"), count(answer, "usage")], [1, 1]);
    });
  }
});

Deno.test("JSON is not gone on with: a typed error says that the answer broke off", () =>
  inOrder([["vllm", cutAfter(5)], ["ollama", spoilt({})]], async (fleet, [, other]) => {
    for (
      const responseFormat of [
        { type: "json_object" as const },
        { type: "json_schema" as const, name: "x", schema: { type: "object" } },
      ]
    ) {
      const answer = await fleet.ask("json", {}, { responseFormat });
      assertEquals([answer.error?.code, count(answer, "finish"), other?.asked], ["upstream", 0, 0]);
      assert(scriptedText("json").startsWith(answer.text) && answer.text !== "");
    }
  }));

Deno.test("JSON that has not begun is asked of the next node", () =>
  inOrder([["vllm", cutAfter(0)], ["ollama", spoilt({})]], async (fleet) => {
    assertWhole(await fleet.ask("json", {}, { responseFormat: { type: "json_object" } }));
  }));

/** A chat whose model calls a counting tool after its first words, and answers when it has the result. */
async function askWithTool(fleet: Fleet, question: string, calls: Map<string, number>) {
  const tools = new ToolRegistry([defineTool({
    name: "count",
    title: "Count",
    description: "Counts",
    parameters: z.object({ key: z.string().describe("What is counted") }),
    run: ({ key }) => {
      calls.set(key, (calls.get(key) ?? 0) + 1);
      return "counted";
    },
  })]);
  const { signal, ...call } = callOf(question, { tools: [toolOffer("count")] });
  const toolContext = { readAttachments: () => Promise.resolve([]) };
  const run = answerOfChat({ call, dispatcher: fleet.nodes.dispatcher, tools, toolContext }, signal);
  let text = "";
  try {
    for await (const event of run) if (event.type === "text") text += event.text;
    return { question, text, failure: undefined };
  } catch (error) {
    return { question, text, failure: error instanceof Error ? error.message : String(error) };
  }
}

const PREFACE = "I shall count this for you, \n\nand then go on: ";

/** The scripted model with a tool: some words and a call; with its result, the scripted text. */
function callingModel(prompt: FakePrompt, random: () => number): FakeAnswer {
  const question = questionOf(prompt);
  const hasResult = prompt.messages.some(({ role }) => role === "tool");
  if (hasResult) {
    return { deltas: anyPieces(leftOf(scriptedText(question), begunOf(prompt), "continues"), random) };
  }
  const left = leftOf(PREFACE, begunOf(prompt), "continues");
  const call = {
    type: "tool_call" as const,
    name: "count",
    arguments: JSON.stringify({ key: question }),
    fragments: 3,
  };
  return { deltas: [...anyPieces(left, random), call] };
}

Deno.test("a tool is called exactly once though nodes fail before and after it", async () => {
  const kinds = ["ollama", "vllm", "anthropic"] as const;
  const scriptOf = (kind: FakeKind): FakeNode["script"] => (prompt) => {
    const question = questionOf(prompt);
    const random = seededRandom(hash(`${kind} ${question} ${prompt.messages.length}`));
    const answer = callingModel(prompt, random);
    if (kinds[hash(question) % 3] === kind || random() < 0.1) return answer;
    // Anywhere before the call, or in the answer after it.
    const places = (answer.deltas?.length ?? 1) - 1;
    const afterDeltas = Math.floor(random() * (places + 1));
    if (random() < 0.2) return { failure: { kind: "server_error" } };
    return {
      ...answer,
      interruption: random() < 0.2 ? { type: "hang", afterDeltas } : { type: "cut", afterDeltas },
    };
  };
  const servers = await Promise.all(kinds.map((kind) => FakeNode.start(kind, scriptOf(kind))));
  await withFleet(servers.map((node) => ({ node })), async (fleet) => {
    await using _driver = driver(fleet, [], seededRandom(9));
    const calls = new Map<string, number>();
    const questions = Array.from({ length: 40 }, (_, i) => `tool ${i}`);
    const keepAsked = setInterval(() => {
      for (const server of servers) fleet.nodes.monitor.of(fleet.idOf(server)).reset();
    }, 50);
    try {
      for (
        const { question, text, failure } of await pool(
          questions,
          10,
          (one) => askWithTool(fleet, one, calls),
        )
      ) {
        assertEquals([failure, text], [undefined, PREFACE + scriptedText(question)], question);
        assertEquals(calls.get(question), 1, question);
      }
    } finally {
      clearInterval(keepAsked);
    }
  });
});

Deno.test("a tool is never called twice, nor with half its arguments, where a node fails within or after the call", async () => {
  for (
    const interruption of [{ type: "cut", afterDeltas: 99 }, { type: "die", afterBytes: 2_600 }] as const
  ) {
    await inOrder([
      ["vllm", (prompt) => ({ ...callingModel(prompt, seededRandom(1)), interruption })],
      ["ollama", (prompt) => callingModel(prompt, seededRandom(2))],
    ], async (fleet) => {
      const calls = new Map<string, number>();
      const { question } = await askWithTool(fleet, "half a call", calls);
      assertLessOrEqual(calls.get(question) ?? 0, 1);
      assertEquals([...calls.keys()].filter((key) => key !== question), []);
    });
  }
});

Deno.test("an answer that breaks off in a tool call is not lost: no tool has run yet", () =>
  inOrder([
    [
      "vllm",
      (prompt) => ({
        ...callingModel(prompt, seededRandom(1)),
        interruption: { type: "cut", afterDeltas: 99 },
      }),
    ],
    ["ollama", (prompt) => callingModel(prompt, seededRandom(2))],
  ], async (fleet) => {
    const calls = new Map<string, number>();
    const { question, text, failure } = await askWithTool(fleet, "half a call", calls);
    assertEquals([failure, text, calls.get(question)], [undefined, PREFACE + scriptedText(question), 1]);
  }));

/** The whole gateway on a port, over servers that are asked in this order, with a key. */
async function withGateway(
  scripts: readonly (readonly [FakeKind, FakeNode["script"]])[],
  fn: (url: string, key: string) => Promise<void>,
  options: ApiKeyOptions = {},
): Promise<void> {
  const servers = await Promise.all(scripts.map(([kind, script]) => FakeNode.start(kind, script)));
  const config = testConfig({
    nodes: servers.map(({ spec }, i) => ({ ...spec, priority: i + 1 })),
    patience: SHORT_PATIENCE,
    features: { ...testConfig().features, studio: false, sketch: false, system: false },
  });
  const services = await createServices(config, { log: silentLog, servers: [] });
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) => services.gateway.fetch(request, AT_MACHINE),
  );
  try {
    await services.nodes.catalog.refresh(localPrincipal);
    const { secret } = await services.apiKeys.create(localPrincipal, "tests", ["chat", "models"], options);
    await fn(`http://127.0.0.1:${server.addr.port}/v1`, secret);
  } finally {
    await services.close();
    await server.shutdown();
    for (const one of servers) await one.kill();
  }
}

const messages = [{ role: "user" as const, content: "over HTTP" }];
const streamed = { model: SCRIPTED_MODEL, messages, stream: true as const };

Deno.test("over HTTP a stream that was cut never looks whole", () =>
  withGateway([["vllm", cutAfter(12)], ["ollama", spoilt({})]], async (url, key) => {
    const response = await fetch(`${url}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(streamed),
    });
    const body = await response.text();
    assertEquals(response.status, 200);
    assert(!body.includes("data: [DONE]"), body);
    assert(!/"finish_reason":"/.test(body), body);
    const events = body.trim().split("\n\n").map((event) => JSON.parse(event.replace(/^data: /, "")));
    assertEquals(events.at(-1).error.type !== undefined && events.at(-1).choices === undefined, true, body);

    const client = new OpenAI({ baseURL: url, apiKey: key, maxRetries: 0 });
    let text = "";
    await assertRejects(async () => {
      for await (const chunk of await client.chat.completions.create(streamed)) {
        text += chunk.choices[0]?.delta.content ?? "";
      }
    }, OpenAI.APIError);
    assert(text !== "" && scriptedText("over HTTP").startsWith(text) && text !== scriptedText("over HTTP"));
    // One that is not streamed has no half.
    await assertRejects(
      () => client.chat.completions.create({ ...streamed, stream: false }),
      OpenAI.APIError,
    );
  }));

Deno.test("over HTTP a stream that was cut goes on at the next node where the client wants it", () =>
  withGateway([["vllm", cutAfter(12)], ["ollama", spoilt({})]], async (url, key) => {
    const client = new OpenAI({
      baseURL: url,
      apiKey: key,
      maxRetries: 0,
      defaultHeaders: { "x-freshet-continue": "true" },
    });
    const stream = await client.chat.completions.create({
      ...streamed,
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    assertEquals(
      chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join(""),
      scriptedText("over HTTP"),
    );
    assertEquals(chunks.flatMap(({ choices }) => choices[0]?.finish_reason ?? []), ["stop"]);
    assertEquals(chunks.filter(({ usage }) => usage).length, 1);
  }));

Deno.test("over HTTP an answer goes on by the option of its key, and not where the request says no", () =>
  withGateway(
    [["vllm", cutAfter(12)], ["ollama", spoilt({})]],
    async (url, key) => {
      const client = new OpenAI({ baseURL: url, apiKey: key, maxRetries: 0 });
      const textOf = async (headers: Record<string, string>) => {
        let text = "";
        for await (const chunk of await client.chat.completions.create(streamed, { headers })) {
          text += chunk.choices[0]?.delta.content ?? "";
        }
        return text;
      };
      assertEquals(await textOf({}), scriptedText("over HTTP"));
      await assertRejects(() => textOf({ "x-freshet-continue": "false" }), OpenAI.APIError);
      const whole = await client.chat.completions.create({ ...streamed, stream: false });
      assertEquals(whole.choices[0]?.message.content, scriptedText("over HTTP"));
    },
    { continuesAnswers: true },
  ));
