import type { ComponentChildren, VNode } from "preact";

/** What a partial of a response does to the one of the same name in the document. */
export type PartialMode = "replace" | "append" | "prepend";

/** The props of {@linkcode Partial}. */
export interface PartialProps {
  /** Unique among the partials of a page: responses are matched by it. */
  name: string;
  /** What happens to the content that is already there; `replace` by default. */
  mode?: PartialMode;
  children?: ComponentChildren;
}

/**
 * Marks a part of a page that client navigation updates without reloading the page. It belongs to server-rendered markup:
 * inside an island the renderer refuses it.
 */
export function Partial(props: PartialProps): VNode {
  return props.children as VNode;
}
