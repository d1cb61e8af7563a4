import { assert, assertEquals } from "@std/assert";
import { PROJECT_LIMITS } from "../../shared/mod.ts";
import { FakeServer } from "../testing/fake_server.ts";
import { PromptImages, type Refusal } from "./prompt_images.ts";

function setUp() {
  let made = 0;
  const server = new FakeServer()
    .on("POST /api/attachments", () => ({ id: `i${++made}`, kind: "image", name: "", tokens: 0 }))
    .on("DELETE /api/attachments/*", () => new Response(null, { status: 204 }));
  const refused: Refusal[] = [];
  const images = new PromptImages(server.api, (why) => refused.push(why));
  return { images, server, refused };
}

const image = (name: string) => new File(["x"], name, { type: "image/png" });

Deno.test("images are sent, anything else is refused", async () => {
  const { images, refused } = setUp();
  await images.add([image("a.png"), new File(["x"], "a.txt", { type: "text/plain" })]);
  assertEquals([images.ids, refused], [["i1"], ["noImage"]]);
});

Deno.test("no more images are taken than a prompt may have", async () => {
  const { images, refused } = setUp();
  const files = Array.from({ length: PROJECT_LIMITS.images + 2 }, () => image("drawing.png"));
  await images.add(files);
  assertEquals([images.ids.length, refused], [PROJECT_LIMITS.images, ["tooMany"]]);
  await images.putDrawing(image("drawing.png"));
  assertEquals(images.ids.length, PROJECT_LIMITS.images);
  assert(!images.files.value.some(({ key }) => images.isDrawing(key)), "a drawing that was refused is none");
});

Deno.test("a changed drawing takes the place of the one before, also where there is no more room", async () => {
  const { images, server, refused } = setUp();
  await images.add([image("a.png"), image("b.png"), image("c.png")]);
  await images.putDrawing(image("drawing.png"));
  const changing = images.putDrawing(image("drawing.png"));
  assertEquals(images.files.value.length, PROJECT_LIMITS.images);
  await changing;
  assertEquals([images.ids, refused], [["i1", "i2", "i3", "i5"], []]);
  assert(server.log.includes("DELETE /api/attachments/i4"));
});
