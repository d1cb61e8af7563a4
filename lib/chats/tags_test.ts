import { assert, assertEquals, assertRejects } from "@std/assert";
import { localPrincipal as me } from "../access/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { keys } from "../store/mod.ts";
import { fitName, tagSchema } from "./schemas.ts";
import { TAGS_MAX, TAGS_OF_CHAT_MAX } from "./tags.ts";
import { withChats } from "./testing.ts";

Deno.test("a tag is there once for a name, whatever the case of its letters", () =>
  withChats(async ({ chats: { tags } }) => {
    const made = await Promise.all(["Idea", "idea", "IDEA"].map((name) => tags.create(me, name)));
    assertEquals(new Set(made.map(({ id }) => id)).size, 1);
    assertEquals((await tags.list(me)).length, 1);
  }));

Deno.test("a tag is renamed everywhere by one write, unless another has the name", () =>
  withChats(async ({ chats }) => {
    const { tags } = chats;
    const [a, b] = [await tags.create(me, "a"), await tags.create(me, "b")];
    const chat = await chats.create(me, { title: "t", tagIds: [a.id] });
    const error = await assertRejects(() => tags.rename(me, a.id, "B"), FreshetError);
    assertEquals(error.code, "conflict");
    assertEquals(await tags.rename(me, a.id, "A"), { id: a.id, name: "A" });
    await tags.rename(me, a.id, "c");
    assertEquals((await tags.create(me, "a")).id === a.id, false);
    assertEquals((await chats.get(me, chat.id)).tagIds, [a.id]);
    assertEquals((await tags.list(me)).map(({ name }) => name), ["a", "b", "c"]);
    await tags.delete(me, b.id);
    assertEquals((await assertRejects(() => tags.rename(me, b.id, "x"), FreshetError)).code, "not_found");
  }));

Deno.test("a deleted tag is taken off all chats, which stay where they are in the list", () =>
  withChats(async ({ chats }) => {
    const tag = await chats.tags.create(me, "a");
    const other = await chats.tags.create(me, "b");
    for (let i = 0; i < 45; i++) {
      await chats.create(me, { title: `t${i}`, tagIds: i % 2 ? [tag.id] : [tag.id, other.id] });
    }
    const before = (await chats.list(me)).chats.map(({ id }) => id);
    await chats.tags.delete(me, tag.id);
    const { chats: after } = await chats.list(me);
    assertEquals(after.map(({ id }) => id), before);
    assertEquals(after.filter(({ tagIds }) => tagIds?.includes(tag.id)).length, 0);
    assertEquals(after.filter(({ tagIds }) => tagIds?.includes(other.id)).length, 23);
    assertEquals((await chats.list(me, undefined, 100, { tag: tag.id })).chats, []);
    const error = await assertRejects(
      () => chats.update(me, before[0] ?? "", { tagIds: [tag.id] }),
      FreshetError,
    );
    assertEquals(error.code, "invalid_request");
  }));

Deno.test("an import stays within the number of tags and takes the names that fit", () =>
  withChats(async ({ chats: { tags } }) => {
    for (let i = 0; i < TAGS_MAX - 1; i++) await tags.create(me, `t${i}`);
    assertEquals((await tags.named(me, ["t0", "new", "newer"])).length, 2);
    assertEquals((await tags.list(me)).length, TAGS_MAX);
  }));

Deno.test("names have no line breaks, no signs that turn the direction of text, and are not empty", () => {
  for (const name of ["", "  ", "a\nb", "a\u202eb", "\u2066x", "a\u0000", "x".repeat(41), "\ud800"]) {
    assertEquals(tagSchema.safeParse({ name }).success, false, JSON.stringify(name));
  }
  for (const name of ["idea", "größer", "👩‍👩‍👧", "<b>", "日本"]) {
    assertEquals(tagSchema.parse({ name: ` ${name} ` }).name, name);
  }
  assertEquals(fitName(" a\n\u202e b\u0000 ", "tag"), "a b");
  assertEquals(fitName("\u202e\n", "folder"), undefined);
  assertEquals(fitName("x".repeat(300), "folder")?.length, 60);
});

Deno.test("what a process left of deleting a tag is done later, or as soon as its name is wanted again", async () => {
  for (const again of ["purge", "create", "rename"] as const) {
    await withChats(async ({ chats, store }) => {
      const { tags } = chats;
      const tag = await tags.create(me, "a");
      const other = await tags.create(me, "b");
      const chat = await chats.create(me, { title: "t", tagIds: [tag.id, other.id] });
      // As a process leaves it that ends right after the tag was deleted.
      await store.kv.delete(keys.chatTag(me.profileId, tag.id));
      if (again === "purge") await chats.purge();
      else if (again === "create") assertEquals((await tags.create(me, "A")).name, "A");
      else assertEquals((await tags.rename(me, other.id, "a")).id, other.id);
      assertEquals((await chats.get(me, chat.id)).tagIds, [other.id]);
      if (again === "purge") {
        assertEquals((await store.kv.get(keys.chatTagName(me.profileId, "a"))).value, null);
      }
    });
  }
});

Deno.test("a chat comes back without the tags that were deleted meanwhile", () =>
  withChats(async ({ chats }) => {
    const [a, b] = [await chats.tags.create(me, "a"), await chats.tags.create(me, "b")];
    const chat = await chats.create(me, { title: "t", tagIds: [a.id, b.id] });
    await chats.delete(me, chat.id);
    await chats.tags.delete(me, a.id);
    assertEquals((await chats.restore(me, chat.id)).tagIds, [b.id]);
    assertEquals((await chats.update(me, chat.id, { tagIds: [b.id] })).tagIds, [b.id]);
  }));

Deno.test("tags that are added and taken off at the same time leave each other alone", () =>
  withChats(async ({ chats }) => {
    const [a, b, c] = await Promise.all(["a", "b", "c"].map((name) => chats.tags.create(me, name)));
    assert(a && b && c);
    const chat = await chats.create(me, { title: "one", tagIds: [c.id] });
    await Promise.all([
      chats.update(me, chat.id, { addTagIds: [a.id] }),
      chats.update(me, chat.id, { addTagIds: [b.id, b.id] }),
      chats.update(me, chat.id, { removeTagIds: [c.id, "01hzzzzzzzzzzzzzzzzzzzzzzz"] }),
    ]);
    assertEquals((await chats.get(me, chat.id)).tagIds?.toSorted(), [a.id, b.id].toSorted());
    const { tagIds } = await chats.update(me, chat.id, { removeTagIds: [a.id, b.id] });
    assertEquals(tagIds, undefined);
  }));

Deno.test("a chat takes no more tags than it may have, and none that is not there", () =>
  withChats(async ({ chats }) => {
    const tags = [];
    for (let i = 0; i <= TAGS_OF_CHAT_MAX; i++) tags.push((await chats.tags.create(me, `t${i}`)).id);
    const chat = await chats.create(me, { title: "one", tagIds: tags.slice(1) });
    const refused = (addTagIds: string[]) =>
      assertRejects(() => chats.update(me, chat.id, { addTagIds }), FreshetError);
    assertEquals((await refused(tags.slice(0, 1))).code, "invalid_request");
    assertEquals((await refused(["01hzzzzzzzzzzzzzzzzzzzzzzz"])).code, "invalid_request");
    const changed = await chats.update(me, chat.id, {
      addTagIds: tags.slice(0, 1),
      removeTagIds: tags.slice(1),
    });
    assertEquals(changed.tagIds, tags.slice(0, 1));
  }));
