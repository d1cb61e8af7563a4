import { effect } from "@preact/signals";
import { applyAppearance } from "./appearance.ts";
import { PageAwake } from "./page_awake.ts";
import type { PageModel } from "./page_model.ts";
import { ProfileEvents } from "./profile_events.ts";

let started = false;

/** Connects a page's model with the browser: events, visibility, address, title, appearance. Once for each page. */
export function startPage(model: PageModel): void {
  if (started) return;
  started = true;
  const awake = new PageAwake(model.clock);
  const events = new ProfileEvents({
    api: model.api,
    clock: model.clock,
    onEvent: (event) => model.news.receive(event),
    onCatchUp: () => {
      model.news.catchUp();
      model.deliver();
    },
  });
  model.events.value = events;
  effect(() => {
    events.listen(awake.awake.value);
    model.chat.listen(awake.awake.value);
  });
  document.addEventListener(
    "visibilitychange",
    () => awake.setVisible(document.visibilityState === "visible"),
  );
  addEventListener("pagehide", () => {
    model.composer.keepDraft();
    model.runSettings.flush();
    awake.leave();
  });
  addEventListener("pageshow", () => awake.setVisible(true));
  addEventListener("online", () => {
    events.retryNow();
    model.chat.retryNow();
    model.deliver();
  });
  // Chats that were opened or left without a reload have entries in the history; going back to one loads it. Somebody may
  // have done so before this was listening.
  addEventListener("popstate", () => loadIfElsewhere(model));
  loadIfElsewhere(model);
  effect(() => applyAppearance(document.documentElement, model.settings.values.value));
  effect(() => {
    const title = model.chat.chat.value?.title;
    document.title = title ? `${title} · ${model.t("app.name")}` : model.t("app.name");
  });
  model.composer.restoreDraft();
}

/** Loads the page that the address names, where that is another chat than the one shown. */
function loadIfElsewhere(model: PageModel): void {
  const address = /^\/(?:chat\/([^/]+))?$/.exec(location.pathname);
  if (address && address[1] !== model.chat.chat.peek()?.id) location.reload();
}
