import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { operations } from "../../lib/app/mod.ts";
import type { Document } from "../../routes/docs/(_api)/document.ts";
import { readReference } from "../../routes/docs/(_api)/read_reference.ts";
import { startApp } from "../harness.ts";

const DOCUMENT: Document = {
  paths: {
    "/api/things/{id}": {
      post: {
        operationId: "changeThing",
        tags: ["Things"],
        summary: "Change a thing",
        description: "Needs the scope `chat`.",
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          { name: "q", in: "query", required: true, schema: { type: "string", maxLength: 5 } },
        ],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
        responses: { 200: { description: "Done", content: { "text/event-stream": {} } } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: "object",
        required: ["name", "parent"],
        properties: {
          name: { type: "string", const: "it's" },
          parent: { $ref: "#/components/schemas/Thing" },
          tags: { type: "array", items: { type: "string" }, maxItems: 3 },
        },
      },
    },
  },
};

Deno.test("an operation is told with its parameters, body and a command line", () => {
  const { groups: [group], schemas, found } = readReference(DOCUMENT, "http://h", "");
  const operation = group?.operations[0];
  assert(operation);
  assertEquals([group?.name, group?.id, found], ["Things", "group-things", 1]);
  assertEquals([operation.scope, operation.body?.name], ["chat", "Thing"]);
  assertEquals(operation.parameters.map(({ schema }) => schema.limits), [[], ["…5 characters"]]);
  assertEquals(operation.curl.split(" \\\n  "), [
    'curl -X POST "http://h/api/things/$ID?q=text"',
    '-H "authorization: Bearer $FRESHET_KEY"',
    '-H "content-type: application/json"',
    `-d '{"name":"it'\\''s","parent":{"name":"it'\\''s","parent":{}}}'`,
    "--no-buffer",
  ]);
  assertEquals(schemas[0]?.schema.properties.map(({ schema }) => schema.type), [
    '"it\'s"',
    "Thing",
    "string[]",
  ]);
});

Deno.test("a search finds operations by all of its words", () => {
  const found = (query: string) => readReference(DOCUMENT, "http://h", query).found;
  assertEquals(["CHANGE things", "post id", "/api/things", "chat", "change nothing"].map(found), [
    1,
    1,
    1,
    1,
    0,
  ]);
});

Deno.test("the page has every operation and schema, and is searched without a script", async () => {
  await using app = await startApp();
  const read = async (path: string) => {
    const response = await app.fetch(path);
    assertEquals(response.status, 200);
    return await response.text();
  };
  const all = await read("/docs/api");
  for (const id of Object.keys(operations)) assertStringIncludes(all, `id="${id}"`);
  assertStringIncludes(all, "/v1/chat/completions");
  const ids = [...all.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  assertEquals(ids.length, new Set(ids).size, "an id twice");
  for (const [, target] of all.matchAll(/href="#([^"]+)"/g)) assert(ids.includes(target), target);
  const some = await read("/docs/api?q=imports");
  assertStringIncludes(some, "1 operation for “imports”");
  assert(!some.includes("/v1/chat/completions"));
  const none = await read("/docs/api?q=%3Cscript%3Ealert(1)%3C/script%3E");
  assertStringIncludes(none, "Nothing in the API matches “&lt;script>alert(1)&lt;/script>”.");
  assertStringIncludes(await read("/settings/about"), 'href="/docs/api"');
});

Deno.test("what the document says of answers without parameters is what they are", async () => {
  await using app = await startApp();
  const document = await app.json<Document>("GET", "/api/openapi.json");
  const wrong: string[] = [];
  let asked = 0;
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (
      !get || path.includes("{") ||
      get.parameters?.some(({ required }) => required)
    ) continue;
    const [status = "", { content = {} } = {}] = Object.entries(get.responses)[0] ?? [];
    const [mediaType = "application/json"] = Object.keys(content);
    const response = await app.fetch(path);
    await response.body?.cancel();
    asked++;
    const type = response.headers.get("content-type")?.split(";")[0];
    if (response.status !== Number(status) || type !== mediaType) {
      wrong.push(`${path}: ${response.status} ${type}, not ${status} ${mediaType}`);
    }
  }
  assertEquals(wrong, []);
  assert(asked >= 20, `only ${asked} were asked`);
});

Deno.test("parameters are told where their schema has a name too", async () => {
  await using app = await startApp();
  const { paths } = await app.json<Document>("GET", "/api/openapi.json");
  const { parameters = [] } = paths["/api/models/details"]?.["get"] ?? {};
  assertEquals(parameters.filter(({ required }) => required).map(({ name }) => name), ["nodeId", "model"]);
});

Deno.test("every schema of the document has a name, and every reference leads to one", async () => {
  await using app = await startApp();
  const document = await app.json<Document>("GET", "/api/openapi.json");
  const names = Object.keys(document.components.schemas);
  assertEquals(names.filter((name) => !/^[A-Z]\w*$/.test(name)), []);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to);
  assertEquals(references.filter((to) => !names.some((name) => to === `#/components/schemas/${name}`)), []);
});

Deno.test("operations that take a file say so, and how", async () => {
  await using app = await startApp();
  const document = await app.json<Document>("GET", "/api/openapi.json");
  const { groups } = readReference(document, "http://h", "");
  const found = groups.flatMap(({ operations }) => operations).filter(({ trial }) => trial.upload);
  assertEquals(found.map(({ id, trial }) => `${id} ${trial.upload}`), [
    "importChats application/octet-stream",
    "importProject application/zip",
    "createAttachment multipart/form-data",
    "writeContent application/octet-stream",
    "restoreBackup application/octet-stream",
  ]);
  assertStringIncludes(found[0]?.curl ?? "", "--data-binary @FILE");
  assertStringIncludes(found[2]?.curl ?? "", "-F file=@FILE");
});
