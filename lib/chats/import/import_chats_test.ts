import { assert, assertEquals, assertRejects } from "@std/assert";
import { strToU8, zipSync } from "fflate";
import { localPrincipal as me } from "../../access/mod.ts";
import { type ChatImportReport, FreshetError } from "../../shared/mod.ts";
import { type ChatBench, withChats } from "../testing.ts";
import { CHATGPT_CONVERSATION } from "./testdata/chatgpt.ts";
import { OPEN_WEBUI_ROW } from "./testdata/open_webui.ts";

const EXPORT = [CHATGPT_CONVERSATION, OPEN_WEBUI_ROW];

/** The bytes in small parts, as a network may bring them. */
async function* inParts(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.slice(at, at + size));
}

async function run({ chats }: ChatBench, value: unknown, size?: number): Promise<ChatImportReport> {
  return await chats.transfers.importAll(me, inParts(strToU8(JSON.stringify(value)), size));
}

async function titles({ chats }: ChatBench): Promise<string[]> {
  return (await chats.list(me)).chats.map(({ title }) => title);
}

/** The names of the folder and the tags of each chat. */
async function labels({ chats }: ChatBench): Promise<string[][]> {
  const [folders, tags] = [await chats.folders.list(me), await chats.tags.list(me)];
  return (await chats.list(me)).chats.map(({ folderId, tagIds = [] }) => [
    ...folders.filter(({ id }) => id === folderId).map(({ name }) => name),
    ...tags.filter(({ id }) => tagIds.includes(id)).map(({ name }) => name),
  ]);
}

/** A conversation of ChatGPT with other nodes. */
function conversation(mapping: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return { id: "c", title: "T", create_time: 1, update_time: 2, current_node: null, mapping, ...more };
}

function said(role: string, text: unknown, parent: string | null) {
  return {
    parent,
    children: [],
    message: { author: { role }, content: { content_type: "text", parts: [text] } },
  };
}

Deno.test("a conversation of ChatGPT keeps its branches, times, model and thoughts", () =>
  withChats(async (bench) => {
    const report = await run(bench, [CHATGPT_CONVERSATION]);
    assertEquals(report, {
      chats: 1,
      messages: 4,
      existing: 0,
      leftOut: { files: 1, images: 1, toolSteps: 2 },
      failed: 0,
      problems: [],
    });
    const [chat] = (await bench.chats.list(me)).chats;
    assert(chat);
    assertEquals([chat.title, chat.createdAt, chat.updatedAt], [
      "Rivers of Europe",
      1_699_564_800_123,
      1_699_568_400_500,
    ]);
    const [question, answer] = (await bench.chats.messages.page(me, chat.id)).messages;
    assertEquals(question?.text, "*(Image left out: b river b .png)*\n\nWhich river is this?");
    assertEquals(question?.siblings.ids.length, 2);
    assertEquals([answer?.text, answer?.reasoning, answer?.model], [
      "The Rhine at Boppard.",
      "It bends like the Rhine.",
      "o3",
    ]);
    const first = await bench.chats.messages.select(me, chat.id, question?.siblings.ids[0] ?? "");
    assertEquals(first.messages.map(({ text }) => text), [
      "Longest river?\n\n*(File left out: notes.pdf)*",
      "The Volga.",
    ]);
    assertEquals(first.messages.map(({ createdAt }) => createdAt), [1_699_564_801_000, 1_699_564_810_000]);
  }));

Deno.test("a chat of Open WebUI keeps its answers, system prompt and place on top", () =>
  withChats(async (bench) => {
    const report = await run(bench, [{ ...OPEN_WEBUI_ROW, folder_id: "0b6c2c3e-0000" }]);
    assertEquals([report.chats, report.messages, report.leftOut], [1, 3, { images: 1, files: 1 }]);
    const [chat] = (await bench.chats.list(me)).chats;
    assert(chat);
    assertEquals([chat.pinned, chat.settings, chat.createdAt], [
      true,
      { systemPrompt: "Answer like a baker." },
      1_720_000_000_000,
    ]);
    assertEquals(await labels(bench), [["Open WebUI 0b6c2c3e", "food"]]);
    const [question, answer] = (await bench.chats.messages.page(me, chat.id)).messages;
    assertEquals(
      question?.text,
      "How long does dough rest?\n\n*(Image left out)*\n\n*(File left out: recipe.txt)*",
    );
    assertEquals([answer?.text, answer?.reasoning, answer?.model, answer?.siblings.index], [
      "Overnight, in the cold.",
      "Yeast is slow.",
      "qwen3:8b",
      1,
    ]);
  }));

Deno.test("one chat of Open WebUI alone, and one without a tree, are read too", () =>
  withChats(async (bench) => {
    const line = [{ role: "user", content: "Hi" }, {
      role: "assistant",
      content: [{ type: "text", text: "Yes?" }],
    }];
    await run(bench, OPEN_WEBUI_ROW.chat);
    await run(bench, [{ chat: { title: "Old", messages: line } }]);
    assertEquals((await titles(bench)).sort(), ["Bread", "Old"]);
    const old = (await bench.chats.list(me)).chats.find(({ title }) => title === "Old");
    assertEquals(await bench.texts(old?.id ?? ""), ["Hi", "Yes?"]);
  }));

Deno.test("the same export again makes nothing twice, and brings back what was deleted", () =>
  withChats(async (bench) => {
    await run(bench, EXPORT);
    const before = await titles(bench);
    assertEquals(await run(bench, EXPORT).then(({ chats, existing }) => [chats, existing]), [0, 2]);
    assertEquals(await titles(bench), before);
    const [chat] = (await bench.chats.list(me)).chats;
    await bench.chats.delete(me, chat?.id ?? "");
    assertEquals(await run(bench, EXPORT).then(({ chats, existing }) => [chats, existing]), [1, 1]);
    assertEquals(await titles(bench), before);
  }));

Deno.test("two imports of one export at the same time leave one tree", () =>
  withChats(async (bench) => {
    await Promise.all([run(bench, EXPORT, 1_000), run(bench, EXPORT, 900)]);
    assertEquals(await titles(bench), ["Bread", "Rivers of Europe"]);
    for (const { id, messageCount } of (await bench.chats.list(me)).chats) {
      assertEquals((await bench.chats.transfers.exportJson(me, id)).messages.length, messageCount);
    }
  }));

Deno.test("the ZIP of an export is read, whatever else is in it", () =>
  withChats(async (bench) => {
    const zip = zipSync({
      "user.json": strToU8("{}"),
      "chat.html": strToU8("<html>".repeat(10_000)),
      "conversations-000.json": strToU8(JSON.stringify([CHATGPT_CONVERSATION])),
      "export/conversations-001.json": [strToU8(JSON.stringify([OPEN_WEBUI_ROW])), { level: 0 }],
    });
    const report = await bench.chats.transfers.importAll(me, inParts(zip, 333));
    assertEquals([report.chats, report.messages, report.failed], [2, 7, 0]);
  }));

Deno.test("all chats come out as one list and go in again", () =>
  withChats(async (bench) => {
    await run(bench, EXPORT);
    const outer = await bench.chats.folders.create(me, { name: "Outer" });
    const inner = await bench.chats.folders.create(me, { name: "Inner", parentId: outer.id });
    const { chats: [first] } = await bench.chats.list(me);
    const { id } = await bench.chats.tags.create(me, "kept");
    await bench.chats.update(me, first?.id ?? "", { folderId: inner.id, tagIds: [id] });
    const text = (await Array.fromAsync(bench.chats.transfers.exportAll(me))).join("");
    assertEquals((await run(bench, JSON.parse(text))).existing, 2);
    await withChats(async (other) => {
      const report = await other.chats.transfers.importAll(me, inParts(strToU8(text), 4_000));
      assertEquals([report.chats, report.messages], [2, 7]);
      assertEquals(await titles(other), await titles(bench));
      assertEquals(await labels(other), await labels(bench));
      assertEquals((await other.chats.folders.list(me)).map(({ name }) => name), ["Outer", "Inner"]);
      assertEquals(await run(other, JSON.parse(text)).then(({ chats, existing }) => [chats, existing]), [
        0,
        2,
      ]);
    });
  }));

Deno.test("circles, missing parents and wrong types cost only what they concern", () =>
  withChats(async (bench) => {
    const report = await run(bench, [
      conversation({
        a: said("user", "in a circle", "b"),
        b: said("assistant", "in a circle", "a"),
        self: said("user", "its own parent", "self"),
        lost: said("user", "its parent is missing", "nowhere"),
        odd: said("user", 42, "lost"),
        stranger: said("critic", "who?", "lost"),
        text: "no node",
      }, { current_node: "b", update_time: "never", title: ["no title"] }),
      conversation({}, { id: "empty", title: "Nothing in it" }),
      conversation({ a: 1 }, { id: "unreadable" }),
      { mapping: [] },
      { title: "Something else", pages: [] },
    ]);
    assertEquals([report.chats, report.messages, report.failed], [1, 2, 4]);
    assertEquals(report.leftOut, { unreadable: 3, detached: 2 });
    assertEquals(report.problems, [
      { title: "Nothing in it", problem: "empty" },
      { title: "T", problem: "empty" },
      { title: "", problem: "unknownFormat" },
      { title: "Something else", problem: "unknownFormat" },
    ]);
    assertEquals(await titles(bench), [""]);
  }));

Deno.test("a chat whose messages are deeper than any stack, or too many beside each other", () =>
  withChats(async (bench) => {
    const deep: Record<string, unknown> = {};
    for (let i = 0; i < 3_000; i++) {
      deep[`n${i}`] = said(i % 2 ? "assistant" : "user", `${i}`, i ? `n${i - 1}` : null);
    }
    const wide: Record<string, unknown> = {};
    for (let i = 0; i < 1_001; i++) wide[`n${i}`] = said("user", `${i}`, null);
    const nested = `{"title":"Deep","mapping":{"a":{"message":${"[".repeat(50_000)}${"]".repeat(50_000)}}}}`;
    const json = `[${JSON.stringify(conversation(deep, { id: "deep" }))},` +
      `${JSON.stringify(conversation(wide, { id: "wide", title: "Wide" }))},${nested}]`;
    const report = await bench.chats.transfers.importAll(me, inParts(strToU8(json), 65_536));
    assertEquals([report.chats, report.messages], [1, 3_000]);
    assertEquals(report.problems, [{ title: "Wide", problem: "notATree" }, {
      title: "Deep",
      problem: "empty",
    }]);
  }));

Deno.test("HTML in titles and names stays text", () =>
  withChats(async (bench) => {
    await run(bench, [
      conversation({ a: said("user", "<script>1</script>", null) }, { title: "<img src=x>\n\tA" }),
    ]);
    assertEquals(await titles(bench), ["<img src=x> A"]);
  }));

Deno.test("an export that is cut off keeps what came whole", () =>
  withChats(async (bench) => {
    const json = JSON.stringify(EXPORT);
    const report = await bench.chats.transfers.importAll(me, inParts(strToU8(json.slice(0, -200)), 100));
    assertEquals([report.chats, report.problems], [1, [{ title: "", problem: "cutOff" }]]);
  }));

Deno.test("what is no export is refused in words", () =>
  withChats(async ({ chats }) => {
    for (const bytes of [strToU8(""), strToU8("hello"), strToU8('"text"'), new Uint8Array([0x89, 0x50])]) {
      const error = await assertRejects(() => chats.transfers.importAll(me, inParts(bytes)), FreshetError);
      assertEquals([error.code, error.field], ["invalid_request", "file"]);
    }
    const zip = zipSync({ "notes.txt": strToU8("hello") });
    await assertRejects(
      () => chats.transfers.importAll(me, inParts(zip)),
      FreshetError,
      "holds no conversations.json",
    );
    await assertRejects(
      () =>
        chats.transfers.importAll(
          me,
          inParts(new Uint8Array([0x50, 0x4b, 3, 4, ...new Uint8Array(40).fill(255)])),
        ),
      FreshetError,
    );
  }));

Deno.test("a folder and a tag that are deleted while a chat is imported are made anew, and not named without being there", () =>
  withChats(async ({ chats }) => {
    const { folders, tags } = chats;
    const first = { folder: "", tag: "" };
    const folderNamed = folders.named.bind(folders);
    folders.named = async (owner, names) => {
      const id = await folderNamed(owner, names);
      if (id && first.folder === "") await folders.delete(owner, first.folder = id);
      return id;
    };
    const tagsNamed = tags.named.bind(tags);
    tags.named = async (owner, names) => {
      const ids = await tagsNamed(owner, names);
      if (ids[0] && first.tag === "") await tags.delete(owner, first.tag = ids[0]);
      return ids;
    };
    const empty = { title: "one", settings: {}, createdAt: 1, updatedAt: 1, activeLeafId: null };
    const chat = await chats.transfers.import(me, {
      chat: { ...empty, folder: ["Work"], tags: ["idea"] },
      messages: [{ id: "a", parentId: null, role: "user", status: "complete", text: "Hi", createdAt: 1 }],
    });
    const [folder] = await folders.list(me);
    const [tag] = await tags.list(me);
    assertEquals([folder?.name, tag?.name], ["Work", "idea"]);
    assertEquals([chat.folderId, chat.tagIds], [folder?.id, tag && [tag.id]]);
    assert(first.folder !== "" && first.tag !== "" && folder?.id !== first.folder);
    assertEquals((await chats.messages.page(me, chat.id)).messages.map(({ text }) => text), ["Hi"]);
  }));

Deno.test("a canvas of ChatGPT comes as what it held, not as a call of a tool", () =>
  withChats(async (bench) => {
    const node = (id: string, parent: string | null, role: string, part: string, recipient = "all") => [id, {
      id,
      parent,
      message: {
        author: { role },
        recipient,
        create_time: 1_718_000_000,
        content: { content_type: "text", parts: [part] },
      },
    }];
    const create = "canmore.create_textdoc";
    const call = (type: string, content: string) => JSON.stringify({ name: "x", type, content });
    const mapping = Object.fromEntries([
      node("q", null, "user", "Write"),
      node("a", "q", "assistant", call("document", "# Rivers\n\nThey flow."), create),
      node("b", "a", "tool", "Successfully created text document"),
      node("c", "b", "assistant", call("code/python", "print('```')"), create),
      node("d", "c", "assistant", "{broken", create),
      node("e", "d", "assistant", "Here it is."),
    ]);
    const report = await run(bench, [{ title: "Essay", mapping, current_node: "e" }]);
    assertEquals([report.chats, report.leftOut], [1, { toolSteps: 2 }]);
    const [chat] = (await bench.chats.list(me)).chats;
    const [, answer] = (await bench.chats.messages.page(me, chat?.id ?? "")).messages;
    assertEquals(answer?.text, "# Rivers\n\nThey flow.\n\n````python\nprint('```')\n````\n\nHere it is.");
  }));
