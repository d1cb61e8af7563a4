import { addFeatures, addKnownFields, addToResources, removeThings } from "./follow_up_parts.ts";
import { addToForm, removeFromForm } from "./follow_up_form.ts";
import { changeAccent, changeTheme, changeTitle, toggleTheme } from "./follow_up_look.ts";
import { changeRequired, rename } from "./follow_up_names.ts";
import type { Step } from "./step.ts";
import type { ProjectSpec } from "./spec.ts";

/** Understands one kind of wish; no steps where it is another kind. */
export type Handler = (spec: ProjectSpec, clause: string) => Step[];

/** In the order in which they are asked. */
export const HANDLERS: readonly Handler[] = [
  changeTitle,
  rename,
  changeRequired,
  toggleTheme,
  removeFromForm,
  removeThings,
  addToForm,
  addToResources,
  addFeatures,
  changeTheme,
  changeAccent,
  addKnownFields,
];
