import { assert, assertEquals } from "@std/assert";
import { localPrincipal as me } from "../access/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { type Chat, FreshetError } from "../shared/mod.ts";
import { keys, records } from "../store/mod.ts";
import { seededRandom } from "../../tests/random.ts";
import { placesOf } from "./chat_lists.ts";
import { type ChatBench, withChats } from "./testing.ts";
import { chatImportSchema } from "./import/imported_chat.ts";

const DAY = 24 * 60 * 60_000;

/** All that is done to chats, at random: what is refused is so for a reason, and leaves no trace. */
class Person {
  readonly #random: () => number;
  readonly #bench: ChatBench;
  readonly #clock: FakeClock;
  readonly #chats: string[] = [];
  readonly #folders: string[] = [];
  readonly #tags: string[] = [];

  constructor(bench: ChatBench, clock: FakeClock, seed: number) {
    this.#bench = bench;
    this.#clock = clock;
    this.#random = seededRandom(seed);
  }

  async act(): Promise<void> {
    const { chats, say } = this.#bench;
    const { folders, tags } = chats;
    const [chat, folder, tag] = [this.#any(this.#chats), this.#any(this.#folders), this.#any(this.#tags)];
    const tagIds = [...new Set([tag, this.#any(this.#tags)].filter(Boolean))].slice(0, this.#below(3));
    const name = `n${this.#below(6)}`;
    const actions: (() => Promise<unknown>)[] = [
      async () => this.#chats.push((await chats.create(me, { title: "t" })).id),
      async () => this.#chats.push((await chats.create(me, { folderId: folder, tagIds })).id),
      async () => this.#chats.push((await chats.create(me, { temporary: true, folderId: folder })).id),
      () => chats.update(me, chat, { title: name }),
      () => chats.update(me, chat, { pinned: this.#below(2) === 0 }),
      () => chats.update(me, chat, { folderId: folder }),
      () => chats.update(me, chat, { folderId: null, tagIds }),
      () => chats.update(me, chat, { tagIds }),
      () => say(chat, name),
      () => chats.delete(me, chat),
      () => chats.restore(me, chat),
      async () => {
        const exported = chatImportSchema.parse(await chats.transfers.exportJson(me, chat));
        this.#chats.push((await chats.transfers.import(me, exported)).id);
      },
      async () => this.#folders.push((await folders.create(me, { name })).id),
      () => folders.update(me, folder, { parentId: this.#any(this.#folders) }),
      () => folders.delete(me, folder),
      () => folders.restore(me, folder),
      async () => this.#tags.push((await tags.create(me, name)).id),
      () => tags.rename(me, tag, name),
      () => tags.delete(me, tag),
      () => chats.purge(),
    ];
    const action = actions[this.#below(actions.length)];
    const now = this.#clock.now() + (this.#below(60) === 0 ? 3 * DAY : this.#below(1_000));
    this.#clock.now = () => now;
    await action?.().catch((error) => assert(error instanceof FreshetError && error.status < 500, error));
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #any(ids: string[]): string {
    return ids[this.#below(ids.length)] ?? "0".repeat(26);
  }
}

async function chatsOf({ store }: ChatBench): Promise<Chat[]> {
  const prefix = keys.chat(me.profileId, "").slice(0, -1);
  const stored = await Array.fromAsync(store.list(records.chat, { prefix }));
  return stored.map(({ value }) => value);
}

/** The lists hold every chat in all its places, and nothing else. */
async function assertListed(bench: ChatBench): Promise<void> {
  const all = await chatsOf(bench);
  const listed = all.filter(({ deletedAt, temporary }) => deletedAt === undefined && !temporary);
  const expected = listed.flatMap((chat) => placesOf(me, chat).map((key) => `${key.join()} ${chat.id}`));
  const found: string[] = [];
  for (const prefix of [keys.chatOrders(me.profileId), ["chat_list", me.profileId]]) {
    for await (const { key, value } of bench.store.kv.list({ prefix })) found.push(`${key.join()} ${value}`);
  }
  assertEquals(found.sort(), expected.sort());
  const folders = new Set((await bench.chats.folders.list(me)).map(({ id }) => id));
  const tags = new Set((await bench.chats.tags.list(me)).map(({ id }) => id));
  for (const { folderId, tagIds = [] } of listed) {
    assert(folderId === undefined || folders.has(folderId), "a chat in a folder that is not there");
    assert(tagIds.every((id) => tags.has(id)), "a chat with a tag that is not there");
  }
}

Deno.test("whatever is done to chats, one after another, every list holds those that belong there", async () => {
  for (const seed of [1, 2, 3]) {
    const clock = new FakeClock();
    await withChats(async (bench) => {
      const person = new Person(bench, clock, seed);
      for (let i = 0; i < 400; i++) {
        await person.act();
        if (i % 20 === 0) await assertListed(bench);
      }
      await assertListed(bench);
      assert((await chatsOf(bench)).length > 10);
    }, clock);
  }
});

Deno.test("whatever is done to chats at the same time, every list holds those that belong there", async () => {
  for (const seed of [4, 5]) {
    const clock = new FakeClock();
    await withChats(async (bench) => {
      const person = new Person(bench, clock, seed);
      for (let i = 0; i < 60; i++) {
        await Promise.all(Array.from({ length: 6 }, () => person.act()));
        await bench.chats.purge();
        await assertListed(bench);
      }
    }, clock);
  }
});
