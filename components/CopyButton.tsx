import { useEffect, useState } from "preact/hooks";
import { copyText } from "../lib/client/clipboard.ts";
import { Icon } from "./Icon.tsx";

/** So long (ms) the tick stays. */
const TICK_MS = 2000;

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label, copied, failed, class: extra = "" }: {
  text: string;
  /** What is copied, for those who do not see what stands beside it. */
  label: string;
  copied: string;
  failed: string;
  class?: string;
}) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), TICK_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => setOutcome(await copyText(text) ? "copied" : "failed");
  const said = outcome === "copied" ? copied : outcome === "failed" ? failed : "";
  return (
    <>
      <button
        type="button"
        class={`icon-button needs-script ${extra}`}
        title={label}
        aria-label={label}
        onClick={copy}
      >
        <Icon name={outcome === "copied" ? "check" : outcome === "failed" ? "circle-alert" : "copy"} />
      </button>
      <span class="visually-hidden" role="status">{said}</span>
    </>
  );
}
