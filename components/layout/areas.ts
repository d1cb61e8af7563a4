import type { Feature } from "../../lib/shared/mod.ts";
import type { TextKey } from "../../lib/shared/texts/mod.ts";
import type { IconName } from "../Icon.tsx";

/** An area of Freshet, as the header names it. */
export interface Area {
  id: string;
  path: string;
  label: TextKey;
  icon: IconName;
  /** 1 always has its place in the header; 2 has it from 1024 px on, 3 from 1600 px on. Else it is under "More". */
  rank: 1 | 2 | 3;
  /** What a person has to be allowed to be shown it. */
  scope: "chat" | "studio" | "models" | "usage" | "files" | "account" | "admin";
  /** The switch in `fresh.config.ts` that takes it away. */
  feature?: Feature;
}

/** The areas in the order of the header. */
export const AREAS: readonly Area[] = [
  { id: "chat", scope: "chat", path: "/", label: "area.chat", icon: "message-square", rank: 1 },
  {
    id: "build",
    scope: "studio",
    path: "/ask",
    label: "area.build",
    icon: "hammer",
    rank: 1,
    feature: "studio",
  },
  {
    id: "projects",
    scope: "studio",
    path: "/projects",
    label: "area.projects",
    icon: "folder",
    rank: 1,
    feature: "studio",
  },
  {
    id: "models",
    scope: "models",
    path: "/models",
    label: "area.models",
    icon: "brain",
    rank: 2,
    feature: "models",
  },
  { id: "nodes", scope: "models", path: "/nodes", label: "area.nodes", icon: "server", rank: 1 },
  {
    id: "dashboard",
    scope: "usage",
    path: "/dashboard",
    label: "area.dashboard",
    icon: "gauge",
    rank: 2,
    feature: "dashboard",
  },
  {
    id: "system",
    scope: "admin",
    path: "/system",
    label: "area.system",
    icon: "cpu",
    rank: 3,
    feature: "system",
  },
  {
    id: "files",
    scope: "files",
    path: "/files",
    label: "area.files",
    icon: "folder-open",
    rank: 3,
    feature: "files",
  },
  {
    id: "terminal",
    scope: "admin",
    path: "/terminal",
    label: "area.terminal",
    icon: "terminal",
    rank: 3,
    feature: "terminal",
  },
  { id: "settings", scope: "account", path: "/settings", label: "area.settings", icon: "settings", rank: 1 },
];
