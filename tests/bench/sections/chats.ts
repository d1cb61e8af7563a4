import type { Chat, ChatExport, Message, StartedRun } from "../../../lib/shared/mod.ts";
import { seededRandom } from "../../random.ts";
import { Load } from "../load/load.ts";
import { build, FreshetProcess } from "../processes/freshet.ts";
import { median } from "../report/statistics.ts";
import { formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { Section } from "../section.ts";

const SHORT = 50;
const LONG = 10_000;
const WORDS = "a stream of water in flood that comes with rain and melting snow runs to the sea".split(" ");
const CODE =
  "```ts\nconst answer = await fetch(`/api/chat/sessions/${id}`);\nconsole.log(answer.status);\n```";

/** Opening and continuing a chat of 50 and one of 10,000 messages. */
export const chats: Section = {
  name: "chats",
  title: `opening a chat of ${SHORT} and one of ${formatNumber(LONG)} messages, interleaved, medians`,
  async run({ quick, print }) {
    await build();
    await using freshet = await FreshetProcess.start();
    await using load = new Load();
    const ids = [await importChat(freshet, SHORT), await importChat(freshet, LONG)];
    const rounds = quick ? 10 : 50;
    const opening = await timeOpening(freshet, ids, load, rounds);
    const sending = await timeSending(freshet, ids, rounds);
    const rows = [...opening, sending].map(({ name, times: [short = NaN, long = NaN] }) => [
      name,
      withUnit(short, "ms"),
      withUnit(long, "ms"),
      formatNumber(long / short),
    ]);
    print(formatTable(["", `${SHORT} messages`, `${formatNumber(LONG)} messages`, "ratio"], rows));
  },
};

/** ms of one thing, by chat. */
interface Timed {
  name: string;
  times: number[];
}

async function timeOpening(
  { address }: FreshetProcess,
  ids: string[],
  load: Load,
  rounds: number,
): Promise<Timed[]> {
  const requests = [
    { name: "GET /chat/:id, the page", path: (id: string) => `/chat/${id}` },
    { name: "GET …/messages, the newest 50", path: (id: string) => `/api/chat/sessions/${id}/messages` },
  ];
  const targets = requests.flatMap(({ path }) => ids.map((id) => ({ address, path: path(id) })));
  await load.run({ type: "latency", targets, rounds: 10, until: "last" });
  const { times } = await load.run({ type: "latency", targets, rounds, until: "last" });
  return requests.map(({ name }, i) => ({
    name,
    times: ids.map((_, k) => median(times[i * ids.length + k] ?? [])),
  }));
}

/** From sending a message to the answer that it is committed; the model's answer ends before the next one is sent. */
async function timeSending(freshet: FreshetProcess, ids: string[], rounds: number): Promise<Timed> {
  const times: number[][] = ids.map(() => []);
  for (let round = -5; round < rounds; round++) {
    for (const [i, id] of ids.entries()) {
      const startedAt = performance.now();
      const body = { text: '/pace 0 /say "Yes"' };
      const { run } = await freshet.json<StartedRun>("POST", `/api/chat/sessions/${id}/messages`, body);
      if (round >= 0) times[i]?.push(performance.now() - startedAt);
      await (await fetch(`${freshet.address}/api/runs/${run.id}/events`)).text();
    }
  }
  return { name: "POST …/messages, to its commit", times: times.map(median) };
}

async function importChat(freshet: FreshetProcess, count: number): Promise<string> {
  const messages = Array.from({ length: count }, (_, i) => message(i));
  const imported: Omit<ChatExport, "exportedAt" | "attachments"> = {
    format: "freshet-chat",
    version: 1,
    chat: {
      title: `${count} messages`,
      settings: { model: "sketch" },
      createdAt: 1_760_000_000_000,
      updatedAt: 1_760_000_000_000,
      activeLeafId: `m${count - 1}`,
    },
    messages,
  };
  return (await freshet.json<Chat>("POST", "/api/chat/import", imported)).id;
}

/** Questions of a line, answers of a few paragraphs with a list, a table and now and then some code. */
function message(i: number): Message {
  const random = seededRandom(i);
  const words = (count: number) =>
    Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ");
  const isAnswer = i % 2 === 1;
  const answer = () =>
    [
      `## ${words(4)}`,
      words(60),
      `- **${words(2)}** ${words(8)}\n- ${words(9)}\n- \`${words(1)}\` ${words(7)}`,
      ...(i % 6 === 1 ? [CODE] : []),
      `| ${words(1)} | ${words(1)} |\n| --- | --- |\n| ${words(2)} | ${words(2)} |`,
      words(30),
    ].join("\n\n");
  return {
    id: `m${i}`,
    chatId: "",
    parentId: i === 0 ? null : `m${i - 1}`,
    role: isAnswer ? "assistant" : "user",
    status: "complete",
    text: isAnswer ? answer() : `${words(12)}?`,
    ...(isAnswer ? { model: "sketch" } : {}),
    createdAt: 1_760_000_000_000 + i * 1000,
  };
}
