import { useLayoutEffect, useRef } from "preact/hooks";
import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useNodes } from "./context.ts";

/** Places that an arrow key moves a node by: into the tiers, and between them. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowLeft: -1,
  ArrowDown: 1,
  ArrowRight: 1,
  Home: -Infinity,
  End: Infinity,
};

/** Where a node is taken hold of to move it: by a pointer (see `CardDrag`), or with keys. */
export function DragHandle({ node }: { node: LiveNode }) {
  const { order, report, t } = useNodes();
  const button = useRef<HTMLButtonElement>(null);
  const { name, origin } = node.facts.value;
  const isLifted = order.lifted.value === node.id;
  const tiers = order.shown.value;
  const hasFocus = useRef(false);
  const isByKey = useRef(false);
  useLayoutEffect(() => {
    // A card that changes its place in the document loses the focus on the way.
    if (hasFocus.current) button.current?.focus();
  }, [tiers]);
  if (!node.isOwn) {
    const why = t(origin === "config" ? "nodesPage.order.fixed.config" : "nodesPage.order.fixed.builtin");
    return (
      <span class="node-card__fixed" title={why}>
        <Icon name="lock" />
        <span class="visually-hidden">{why}</span>
      </span>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (event.repeat) return;
      if (isLifted) order.drop().catch(report);
      else isByKey.current = order.lift(node.id);
      return;
    }
    if (!isLifted) return;
    const step = STEPS[event.key];
    if (step !== undefined) order.moveBy(step);
    else if (event.key === "Escape") order.cancel();
    else return;
    event.preventDefault();
  };
  return (
    <button
      ref={button}
      type="button"
      class="node-card__handle needs-script"
      data-handle
      aria-label={t("nodesPage.order.handle", { name })}
      aria-description={t("nodesPage.order.handleHint")}
      aria-pressed={ariaState(isLifted)}
      onKeyDown={onKeyDown}
      onFocus={() => void (hasFocus.current = true)}
      onBlur={() => {
        // What the card lost on its way is back by now; whoever went elsewhere leaves everything as it was.
        setTimeout(() => {
          if (document.activeElement === button.current) return;
          hasFocus.current = false;
          if (isByKey.current && order.lifted.peek() === node.id) order.cancel();
          isByKey.current = false;
        });
      }}
    >
      <Icon name="grip-vertical" />
    </button>
  );
}
