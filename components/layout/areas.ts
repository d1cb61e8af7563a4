import type { TextKey } from "../../lib/shared/texts/mod.ts";
import type { IconName } from "../Icon.tsx";

/** An area of Freshet, as the header names it. */
export interface Area {
  id: string;
  path: string;
  label: TextKey;
  icon: IconName;
}

/** The areas in the order of the header. */
export const AREAS: readonly Area[] = [
  { id: "chat", path: "/", label: "area.chat", icon: "message-square" },
  { id: "build", path: "/ask", label: "area.build", icon: "hammer" },
  { id: "projects", path: "/projects", label: "area.projects", icon: "folder" },
  { id: "models", path: "/models", label: "area.models", icon: "cpu" },
  { id: "nodes", path: "/nodes", label: "area.nodes", icon: "server" },
  { id: "settings", path: "/settings", label: "area.settings", icon: "settings" },
];
