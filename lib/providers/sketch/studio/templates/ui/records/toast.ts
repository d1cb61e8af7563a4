import { byId, element } from "../dom.ts";

const SHOWN_MS = 6_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says something for a few seconds, with a way to undo it. */
export function toast(message: string, undo?: () => void): void {
  clearTimeout(timer);
  const box = element("div", {}, message);
  if (undo) {
    const take = () => {
      clear();
      undo();
    };
    box.append(element("button", { class: "button quiet", type: "button", click: take }, "Undo"));
  }
  byId("toast", HTMLDivElement).replaceChildren(box);
  timer = setTimeout(clear, SHOWN_MS);
}

function clear(): void {
  byId("toast", HTMLDivElement).replaceChildren();
}
