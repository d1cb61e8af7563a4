import type { AnyPageComponent } from "./define.ts";
import type { MiddlewareFn } from "./handlers.ts";
import type { LayoutConfig } from "./routes.ts";

/** A layout as it was added to a segment. */
export interface Layout<State> {
  component: AnyPageComponent<State>;
  config: LayoutConfig;
}

/**
 * One step of a path (`/api/x` has three: the root, `api` and `x`) with what applies to every route at or below it.
 * Folders of file routes are segments too, groups such as `(marketing)` included, though groups are no part of the URL.
 */
export class Segment<State> {
  readonly children: Map<string, Segment<State>> = new Map();
  readonly middlewares: MiddlewareFn<State>[] = [];
  layout: Layout<State> | null = null;
  onError: MiddlewareFn<State> | null = null;

  constructor(readonly parent: Segment<State> | null = null) {}

  /** The segment at a path below this one, made where it is missing. */
  at(path: string): Segment<State> {
    return segmentNames(path).reduce<Segment<State>>((segment, name) => segment.#child(name), this);
  }

  #child(name: string): Segment<State> {
    let child = this.children.get(name);
    if (!child) {
      child = new Segment(this);
      this.children.set(name, child);
    }
    return child;
  }

  /** This segment and those above it, the root first. */
  lineage(): Segment<State>[] {
    return [...this.parent?.lineage() ?? [], this];
  }
}

/** `/api/*` and `/api` name the same segment, `*` and `/` the root. */
function segmentNames(path: string): string[] {
  return path.replace(/\/?\*$/, "").split("/").filter((name) => name !== "");
}
