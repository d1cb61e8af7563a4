import { assertEquals } from "@std/assert";
import { frameLayout } from "./devices.ts";

Deno.test("a screen is shown in its own size where it fits, and else smaller", () => {
  assertEquals(frameLayout("responsive", { width: 700, height: 500 }), { width: 700, height: 500, scale: 1 });
  assertEquals(frameLayout("phone", { width: 700, height: 500 }), { width: 390, height: 844, scale: 1 });
  assertEquals(frameLayout("desktop", { width: 752, height: 500 }), { width: 1440, height: 900, scale: 0.5 });
});
