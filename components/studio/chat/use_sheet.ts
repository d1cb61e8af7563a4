import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { WorkspaceLayout } from "../../../lib/client/studio/workspace_layout.ts";

/** px that a finger moves before it is a drag. */
const DRAG_PX = 8;

/** Makes a handle open and close the chat's sheet: by a press, and by pulling it up or down. */
export function useSheet(pane: RefObject<HTMLElement>, layout: WorkspaceLayout) {
  const start = useRef<number | null>(null);
  const moved = useRef(0);
  const end = () => {
    if (start.current === null) return;
    start.current = null;
    pane.current?.style.removeProperty("--pull");
    if (Math.abs(moved.current) > DRAG_PX) layout.showChat(moved.current < 0);
  };
  return {
    onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }) {
      start.current = event.clientY;
      moved.current = 0;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      if (start.current === null) return;
      moved.current = event.clientY - start.current;
      pane.current?.style.setProperty("--pull", `${-moved.current}px`);
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClick() {
      // A drag has already said where to.
      if (Math.abs(moved.current) <= DRAG_PX) layout.showChat(!layout.chatShown.peek());
      moved.current = 0;
    },
  };
}
