import type { FakeAnswer, FakeFailure, FakePrompt, Interruption } from "../fakes/mod.ts";
import { seededRandom } from "../random.ts";
import type { FakeKind, FakeNode } from "./fake_node.ts";
import { begunOf, type Continuing, hash, questionOf, scriptedAnswer } from "./scripted_model.ts";

/** What goes wrong, and how often each of it did. */
export class Chaos {
  readonly counts = new Map<string, number>();
  /** Whether a node is to behave well for a question. */
  readonly #isSpared: (kind: FakeKind, question: string) => boolean;
  readonly #asked = new Map<string, number>();

  constructor(isSpared: (kind: FakeKind, question: string) => boolean) {
    this.#isSpared = isSpared;
  }

  /** The script of a node: the scripted model, spoilt at random, but each time alike for the same question. */
  script(kind: FakeKind, how: Continuing = "continues"): FakeNode["script"] {
    return (prompt) => {
      const question = questionOf(prompt);
      const key = `${kind} ${question}`;
      const times = (this.#asked.get(key) ?? 0) + 1;
      this.#asked.set(key, times);
      const random = seededRandom(hash(`${key} ${times}`));
      const answer = scriptedAnswer(prompt, random, how);
      if (this.#isSpared(kind, question)) return { ...answer, paceMs: random() < 0.2 ? 2 : 0 };
      return this.#spoil(answer, prompt, kind, random);
    };
  }

  #spoil(answer: FakeAnswer, prompt: FakePrompt, kind: FakeKind, random: () => number): FakeAnswer {
    const total = answer.deltas?.length ?? 0;
    // Often in the beginning and at the joint, where most can go wrong.
    const afterDeltas = random() < 0.3 ? Math.floor(random() * 3) : Math.floor(random() * (total + 1));
    const note = (what: string) => {
      const name = begunOf(prompt) === undefined ? what : `${what}, going on`;
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    };
    const interrupted = (interruption: Interruption): FakeAnswer => {
      note(interruption.type);
      return { ...answer, interruption };
    };
    const failed = (name: string, failure: FakeFailure): FakeAnswer => {
      note(name);
      return { failure };
    };
    switch (Math.floor(random() * 13)) {
      case 0:
        return interrupted({ type: "hang", afterDeltas });
      case 1:
      case 2:
        return interrupted({ type: "die", afterBytes: Math.floor(random() * total * 100) });
      case 3:
      case 4:
        return interrupted({ type: "cut", afterDeltas });
      case 5:
        return interrupted({ type: "error", afterDeltas, kind: "server_error" });
      case 6:
        return interrupted({ type: "error", afterDeltas: 0, kind: "overloaded" });
      case 7:
        return interrupted({ type: "garbage", afterDeltas, bytes: GARBAGE[kind] });
      case 8:
        return failed("429", { status: 429, body: { error: { message: "Too many requests" } } });
      case 9:
        return failed("429 with Retry-After", { kind: "rate_limit", retryAfter: 1 });
      case 10:
        return failed("500", { kind: "server_error" });
      case 11:
        return failed("502 of a proxy", { status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" });
      default:
        note("slow");
        return { ...answer, firstTokenMs: 60, paceMs: 3, chunking: 7 };
    }
  }
}

/** Half an event, as a proxy leaves it that lost the rest. */
const GARBAGE: Record<FakeKind, string> = {
  ollama: '{"model":"scripted:1b","message":{"role":"assistant","content":"lo\n',
  vllm: 'data: {"choices":[{"index":0,"delta":{"content":"lo\n\n',
  lmstudio: 'data: {"choices":[{"index":0,"delta":{"content":"lo\n\n',
  anthropic: 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"te\n\n',
};
