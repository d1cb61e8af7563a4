import { useRef } from "preact/hooks";
import { useProject } from "./context.ts";

/** Between the chat and the code: moved by a pointer, by the arrow keys, and back by a double click. */
export function Divider() {
  const { layout, t } = useProject();
  const dragging = useRef(false);
  const { min, max } = layout.limits;
  const onPointerMove = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const area = event.currentTarget.parentElement?.getBoundingClientRect();
    if (dragging.current && area) layout.setSplit((event.clientX - area.left) / area.width * 100);
  };
  const end = () => {
    if (dragging.current) layout.keep(localStorage);
    dragging.current = false;
  };
  return (
    <div
      class="studio__divider needs-script"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("studio.divider")}
      aria-controls="studio-chat"
      aria-valuenow={Math.round(layout.split.value)}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDblClick={() => layout.press("Enter", false)}
      onKeyDown={(event) => {
        if (!layout.press(event.key, event.shiftKey)) return;
        event.preventDefault();
        layout.keep(localStorage);
      }}
    />
  );
}
