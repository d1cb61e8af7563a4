import { useSignal } from "@preact/signals";
import { asset, IS_BROWSER } from "fresh/runtime";

export function Lazy() {
  const text = useSignal(IS_BROWSER ? "browser" : "server");
  const load = async () => {
    const { greeting } = await import("../client/greeting.ts");
    text.value = `${greeting} ${asset("/main.css")}`;
  };
  return <button type="button" id="lazy" onClick={load}>{text}</button>;
}
