import type { Signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { describe, type Everything } from "../client/everything.ts";

const twins: Everything[] = [];

export default function Props(
  props: {
    id: string;
    everything: Everything;
    sum: { readonly value: number };
    count: Signal<number>;
  },
) {
  const [text, setText] = useState("");
  useEffect(() => {
    twins.push(props.everything);
    setText(`${describe(props.everything)} sum=${props.sum.value} same=${twins[0] === props.everything}`);
  }, []);
  return <pre id={props.id}>{text}</pre>;
}
