import { assertEquals } from "@std/assert";
import { FakeClock } from "./testing/fake_clock.ts";
import type { Translate } from "../shared/texts/mod.ts";
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

Deno.test("an alert is a warning in words, and good news when it is over", () => {
  const toasts = new Toasts(new FakeClock());
  const alert = { figure: "memory", value: 93.4, above: 90, at: 0, host: "workstation" } as const;
  const t: Translate = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;
  toasts.alert({ ...alert, state: "raised" }, t);
  toasts.alert({ ...alert, state: "cleared" }, t);
  assertEquals(toasts.list.value.map(({ kind, hint }) => [kind, hint]), [
    ["warning", "workstation"],
    ["success", "workstation"],
  ]);
  assertEquals(
    toasts.list.value[0]?.message,
    'alert.raised {"figure":"alert.memory {}","value":93,"above":90}',
  );
});
