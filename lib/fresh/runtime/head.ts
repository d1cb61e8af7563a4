import type { ComponentChildren, VNode } from "preact";
import { toChildArray } from "preact";
import { useEffect } from "preact/hooks";
import { placeHeadEntry } from "./head_entries.ts";

/** The props of {@linkcode Head}. */
export interface HeadProps {
  children?: ComponentChildren;
}

/**
 * Adds its children to the document's `<head>`. An entry replaces an earlier one with the same `key`, else the earlier
 * `<title>`, else one of the same tag with the same props: the last one rendered wins.
 *
 * On the server the renderer takes the children over; in an island they are applied to the document after each render.
 */
export function Head(props: HeadProps): VNode | null {
  useEffect(() => {
    for (const child of toChildArray(props.children)) {
      if (typeof child === "object" && typeof child.type === "string") {
        applyEntry(child as VNode<Record<string, unknown>>);
      }
    }
  });
  return null;
}

function applyEntry(entry: VNode<Record<string, unknown>>): void {
  const { children, ...attributes } = entry.props;
  const element = document.createElement(entry.type as string);
  if (entry.key != null) element.setAttribute("data-key", String(entry.key));
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false || typeof value === "function") continue;
    element.setAttribute(name === "className" ? "class" : name, value === true ? "" : String(value));
  }
  element.textContent = toChildArray(children as ComponentChildren).join("");
  placeHeadEntry(element);
}
