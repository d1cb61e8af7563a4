import { assertEquals } from "@std/assert";
import { FakeClock } from "./testing/fake_clock.ts";
import { Toasts } from "./toasts.ts";

Deno.test("a toast goes after its time, one with an action later", async () => {
  const clock = new FakeClock();
  const toasts = new Toasts(clock);
  toasts.show({ kind: "info", message: "saved" });
  toasts.show({ kind: "info", message: "deleted", action: { label: "Undo", run() {} } });
  await clock.tick(5000);
  assertEquals(toasts.list.value.map((toast) => toast.message), ["deleted"]);
  await clock.tick(5000);
  assertEquals(toasts.list.value, []);
  assertEquals(clock.waiting, 0);
});

Deno.test("a toast stays while it is held", async () => {
  const clock = new FakeClock();
  const toasts = new Toasts(clock);
  const id = toasts.show({ kind: "info", message: "read me" });
  toasts.hold(id);
  await clock.tick(60_000);
  assertEquals(toasts.list.value.length, 1);
  toasts.resume(id);
  await clock.tick(5000);
  assertEquals(toasts.list.value, []);
});

Deno.test("only the newest four are shown", () => {
  const toasts = new Toasts(new FakeClock());
  for (let i = 0; i < 6; i++) toasts.show({ kind: "info", message: String(i) });
  assertEquals(toasts.list.value.map((toast) => toast.message), ["2", "3", "4", "5"]);
});
