import { useSignal } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useId } from "preact/hooks";

const Depth = createContext(0);

export function Toggle(props: { id: string; children: ComponentChildren }) {
  const isOpen = useSignal(false);
  return (
    <section id={props.id}>
      <button type="button" onClick={() => isOpen.value = !isOpen.value}>
        {isOpen.value ? "close" : "open"}
      </button>
      <Depth.Provider value={1}>
        {isOpen.value && props.children}
      </Depth.Provider>
    </section>
  );
}

export function Inner(props: { label: string }) {
  const id = useId();
  return <em id={id}>{props.label} at depth {useContext(Depth)}</em>;
}
