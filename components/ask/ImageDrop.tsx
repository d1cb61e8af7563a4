import { useEffect, useState } from "preact/hooks";
import type { PromptImages } from "../../lib/client/projects/prompt_images.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "../projects/context.ts";

/** Takes images that are dropped anywhere on the page. */
export function ImageDrop({ images }: { images: PromptImages }) {
  const { t, report } = useProjects();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    let depth = 0;
    const listen = (type: "dragenter" | "dragleave" | "dragover" | "drop", act: (event: DragEvent) => void) =>
      document.addEventListener(type, (event) => {
        if (event.dataTransfer?.types.includes("Files")) act(event);
      }, { signal: ending.signal });
    listen("dragenter", () => setOver(++depth > 0));
    listen("dragleave", () => setOver(--depth > 0));
    listen("dragover", (event) => event.preventDefault());
    listen("drop", (event) => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      images.add(Array.from(event.dataTransfer?.files ?? [])).catch(report);
    });
    return () => ending.abort();
  }, []);
  if (!over) return null;
  return (
    <section class="drop-zone" aria-label={t("ask.images.drop")}>
      <div class="drop-zone__card">
        <Icon name="image-plus" />
        <p>{t("ask.images.drop")}</p>
        <p class="muted">{t("ask.images.dropHint")}</p>
      </div>
    </section>
  );
}
