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
  effect(() => model.sync.listen(awake.awake.value, model.isMaking.value));
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
  addEventListener("online", () => model.sync.retryNow());
  addEventListener("beforeunload", (event) => {
    if (model.code.editedId.peek() !== null) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!isPressed("Mod+S", event) || event.defaultPrevented || model.code.editedId.peek() === null) return;
    event.preventDefault();
    model.actions.save();
  });
  model.files.keepLoaded((error) => model.report(error));
  model.seekSelected().catch((error) => model.report(error));
  model.layout.restore(localStorage);
  model.layout.fit(innerWidth);
  model.prompt.restoreDraft();
  effect(() => {
    const { name } = model.project.value;
    document.title = `${name} · ${model.t("app.name")}`;
  });
  effect(() => keepAddress(model));
  effect(() => keepAppearance(model));
}

/** The address names the version that is shown, unless it is the newest of its branch. */
function keepAddress(model: ProjectModel): void {
  const shown = model.selected.value;
  const newest = model.thread.value.at(-1);
  const search = shown && shown.id !== newest?.id ? `?version=${shown.id}` : "";
  if (location.search !== search) history.replaceState(history.state, "", `${location.pathname}${search}`);
}

/** The server has rendered the appearance of the settings that the page began with. */
function keepAppearance(model: ProjectModel): void {
  const settings = model.settings.value;
  if (settings === model.data.settings) return;
  import("../appearance.ts").then(
    ({ applyAppearance }) => applyAppearance(document.documentElement, settings),
    reportError,
  );
}
