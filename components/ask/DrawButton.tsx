import { useRef, useState } from "preact/hooks";
import type { Drawing } from "../../lib/client/drawing/drawing.ts";
import type { PromptImages } from "../../lib/client/projects/prompt_images.ts";
import { ariaState } from "../aria.ts";
import { useLazy } from "../chat/use_lazy.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "../projects/context.ts";

/** Opens the canvas, whose code is loaded only then. What was drawn is there when it is opened again. */
export function DrawButton({ images }: { images: PromptImages }) {
  const { t, report } = useProjects();
  const drawing = useRef<Drawing | null>(null);
  const [open, setOpen] = useState(false);
  const DrawingDialog = useLazy(
    open,
    async () => (await import("../drawing/DrawingDialog.tsx")).DrawingDialog,
  );
  const isUsed = images.files.value.some(({ key }) => images.isDrawing(key));
  const label = t(isUsed ? "ask.images.edit" : "ask.images.draw");
  const use = (png: Blob) => {
    setOpen(false);
    const file = new File([png], `${t("ask.drawing.name")}.png`, { type: "image/png" });
    images.putDrawing(file).catch(report);
  };
  return (
    <>
      <button
        type="button"
        class="button button--quiet ask-form__tool needs-script"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-busy={ariaState(open && !DrawingDialog)}
        onClick={() => setOpen(true)}
      >
        <Icon name="pencil" />
        <span>{label}</span>
      </button>
      {open && DrawingDialog && (
        <DrawingDialog
          t={t}
          drawing={drawing}
          onUse={use}
          onClose={() => setOpen(false)}
          onError={report}
        />
      )}
    </>
  );
}
