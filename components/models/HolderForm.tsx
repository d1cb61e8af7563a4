import type { ComponentChildren } from "preact";

/** A form about a model on a node: posted without a script, and done in the page with one. */
export function HolderForm({ at, intent, class: className, run, children }: {
  at: { nodeId: string; model: string };
  /** As the form says it. */
  intent: string;
  class?: string;
  run: () => void;
  children: ComponentChildren;
}) {
  return (
    <form
      class={className}
      method="post"
      action={`/models?model=${encodeURIComponent(at.model)}`}
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="node" value={at.nodeId} />
      <input type="hidden" name="model" value={at.model} />
      {children}
    </form>
  );
}
