import assert from "node:assert/strict";
import { testClient } from "./testing.ts";

// #put example
const example = { title: "First" };
const invalid = { ...example, title: 42 };
const changes = { title: "Second" };
// #end

Deno.test("a ~widget~ is created, read, changed and deleted", async () => {
  const { send } = await testClient();
  const created = await send("POST", "/widgets", example);
  assert.equal(created.status, 201);
  const widget = await created.json();
  assert.equal(created.headers.get("location"), `/widgets/${widget.id}`);
  assert.deepEqual({ ...widget, ...example }, widget);

  assert.deepEqual(await (await send("GET", `/widgets/${widget.id}`)).json(), widget);

  const changed = await (await send("PATCH", `/widgets/${widget.id}`, changes)).json();
  assert.deepEqual(changed, { ...widget, ...changes, updatedAt: changed.updatedAt });

  assert.equal((await send("DELETE", `/widgets/${widget.id}`)).status, 204);
  assert.equal((await send("GET", `/widgets/${widget.id}`)).status, 404);
});

Deno.test("the list of ~widgets~ comes in pages, newest first", async () => {
  const { send } = await testClient();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.unshift((await (await send("POST", "/widgets", example)).json()).id);
  const { items, total, pages } = await (await send("GET", "/widgets?page=2&perPage=2")).json();
  assert.deepEqual(items.map(({ id }: { id: string }) => id), ids.slice(2, 4));
  assert.deepEqual({ total, pages }, { total: 5, pages: 3 });
  assert.equal((await send("GET", "/widgets?page=0")).status, 400);
});

Deno.test("a ~widget~ that is not right is refused, with the field that is wrong", async () => {
  const { send } = await testClient();
  const response = await send("POST", "/widgets", invalid);
  assert.equal(response.status, 422);
  const { error } = await response.json();
  assert.equal(error.details.length, 1);
  assert.ok(Object.hasOwn(invalid, error.details[0].field));
  assert.equal((await send("POST", "/widgets", { ...example, unheardOf: 1 })).status, 422);
  assert.equal((await send("POST", "/widgets", [])).status, 400);
});

Deno.test("an id that no ~widget~ has is not found", async () => {
  const { send } = await testClient();
  for (const method of ["GET", "DELETE"]) {
    assert.equal((await send(method, "/widgets/none")).status, 404);
  }
  assert.equal((await send("PATCH", "/widgets/none", changes)).status, 404);
});
// #if search

Deno.test("~widgets~ are searched by their text", async () => {
  const { send } = await testClient();
  await send("POST", "/widgets", example);
  const total = async (text: string) => (await (await send("GET", `/widgets?search=${text}`)).json()).total;
  assert.equal(await total(encodeURIComponent(String(Object.values(example)[0]).toUpperCase())), 1);
  assert.equal(await total("nothing-has-this"), 0);
});
// #end
// #if sorting

Deno.test("~widgets~ are sorted by a field, either way", async () => {
  const { send } = await testClient();
  const field = Object.keys(changes)[0];
  await send("POST", "/widgets", example);
  await send("POST", "/widgets", { ...example, ...changes });
  const ids = async (sort: string) =>
    (await (await send("GET", `/widgets?sort=${sort}`)).json()).items.map(({ id }: { id: string }) => id);
  assert.deepEqual((await ids(`-${field}`)).reverse(), await ids(`${field}`));
  assert.equal((await send("GET", "/widgets?sort=unheardOf")).status, 400);
});
// #end
