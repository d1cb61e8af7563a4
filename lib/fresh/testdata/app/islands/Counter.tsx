import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

export function Counter(
  props: { id: string; count: Signal<number>; children?: ComponentChildren },
) {
  return (
    <div id={props.id}>
      <button type="button" onClick={() => props.count.value++}>
        {props.count}
      </button>
      {props.children}
    </div>
  );
}
