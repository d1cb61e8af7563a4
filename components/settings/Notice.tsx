import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../Icon.tsx";

type Kind = "info" | "success" | "warning" | "error";

const ICONS: Record<Kind, IconName> = {
  info: "info",
  success: "circle-check",
  warning: "triangle-alert",
  error: "circle-alert",
};

/** Something to know about a section or about what was just done. Only errors interrupt a screen reader. */
export function Notice({ kind, children }: { kind: Kind; children: ComponentChildren }) {
  return (
    <div
      class={`notice notice--${kind}`}
      role={kind === "error" ? "alert" : kind === "info" ? "note" : "status"}
    >
      <Icon name={ICONS[kind]} />
      <div class="notice__text">{children}</div>
    </div>
  );
}
