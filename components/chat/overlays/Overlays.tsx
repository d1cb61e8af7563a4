import { useEffect, useMemo } from "preact/hooks";
import { isTyping, runShortcut } from "../../../lib/client/shortcuts.ts";
import { usePage } from "../context.ts";
import { pageShortcuts } from "../page_shortcuts.ts";
import { useLazy } from "../use_lazy.ts";
import { DropZone } from "./DropZone.tsx";
import { Toasts } from "./Toasts.tsx";

/** What lies over the page, and the keys that work everywhere on it. */
export function Overlays() {
  const model = usePage();
  const { overlay, layout, data } = model;
  const shortcuts = useMemo(() => pageShortcuts(model), [model]);
  useEffect(() => {
    const app = document.getElementById("app");
    if (app) return layout.bind(app);
  }, []);
  // This island is the last of the page: before it is there, others may still be taking over what the server rendered.
  useEffect(() => {
    const load = async () => (await import("../unsent/unsent_parts.ts")).unsentParts(model);
    model.startUnsent(load).catch(reportError);
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (runShortcut(shortcuts, event, isTyping(event.target))) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  const shown = overlay.value;
  const Palette = useLazy(
    shown === "palette",
    async () => (await import("./CommandPalette.tsx")).CommandPalette,
  );
  const Sheet = useLazy(
    shown === "shortcuts",
    async () => (await import("./ShortcutSheet.tsx")).ShortcutSheet,
  );
  const task = typeof shown === "object" ? shown : null;
  const Organise = useLazy(
    task !== null,
    async () => (await import("../folders/OrganiseDialog.tsx")).OrganiseDialog,
  );
  return (
    <>
      <button
        type="button"
        class="overlay-backdrop"
        tabIndex={-1}
        aria-hidden="true"
        onClick={() => layout.close()}
      />
      {shown === "palette" && Palette && <Palette />}
      {shown === "shortcuts" && Sheet && <Sheet shortcuts={shortcuts} />}
      {task && Organise && <Organise key={task.type} task={task} />}
      {data.features.attachments && <DropZone />}
      <Toasts />
    </>
  );
}
