import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Takes files that are dropped anywhere on the page. */
export function DropZone() {
  const model = usePage();
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (hasFiles(event)) setOver(++depth > 0);
    };
    const leave = (event: DragEvent) => {
      if (hasFiles(event)) setOver(--depth > 0);
    };
    const allow = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      model.files.add(Array.from(event.dataTransfer?.files ?? [])).catch((error) => model.report(error));
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: allow, drop };
    for (const [type, listener] of Object.entries(listeners)) {
      document.addEventListener(type, listener as EventListener);
    }
    return () => {
      for (const [type, listener] of Object.entries(listeners)) {
        document.removeEventListener(type, listener as EventListener);
      }
    };
  }, []);
  if (!over) return null;
  return (
    <section class="drop-zone" aria-label={model.t("files.drop")}>
      <div class="drop-zone__card">
        <Icon name="paperclip" />
        <p>{model.t("files.drop")}</p>
        <p class="muted">{model.t("files.dropHint")}</p>
      </div>
    </section>
  );
}
