import { effect } from "@preact/signals";
import { PageAwake } from "../page_awake.ts";
import { isPressed } from "../shortcuts.ts";
import type { ProjectModel } from "./project_model.ts";

let started = false;

/** Connects the model with the browser: events, visibility, address, title, unsaved edits. Once for each page. */
export function startProjectPage(model: ProjectModel): void {
  if (started) return;
  started = true;
  const awake = new PageAwake(model.clock);
  effect(() => model.stream.listen(awake.awake.value));
  document.addEventListener(
    "visibilitychange",
    () => awake.setVisible(document.visibilityState === "visible"),
  );
  addEventListener("pagehide", () => {
    model.prompt.keepDraft();
    model.layout.keep(localStorage);
    awake.leave();
  });
  addEventListener("pageshow", () => awake.setVisible(true));
  addEventListener("online", () => model.stream.retryNow());
  addEventListener("beforeunload", (event) => {
    if (model.code.editedId.peek() !== null) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!isPressed("Mod+S", event) || event.defaultPrevented || model.code.editedId.peek() === null) return;
    event.preventDefault();
    model.actions.save();
  });
  model.loadFiles();
  model.layout.restore(localStorage);
  model.layout.fit(innerWidth);
  model.prompt.restoreDraft();
  effect(() => {
    const { name } = model.project.value;
    document.title = `${name} · ${model.t("app.name")}`;
  });
  effect(() => keepAddress(model));
}

/** The address names the version that is shown, unless it is the newest of its branch. */
function keepAddress(model: ProjectModel): void {
  const shown = model.selected.value;
  const newest = model.thread.value.at(-1);
  const search = shown && shown.id !== newest?.id ? `?version=${shown.id}` : "";
  if (location.search !== search) history.replaceState(history.state, "", `${location.pathname}${search}`);
}
