import { useEffect } from "preact/hooks";
import type { ThreadView } from "../../../lib/client/thread_view.ts";
import { usePage } from "../context.ts";

/** Goes to the message that the address names (`?message=…`), wherever in the chat it is. */
export function useSoughtMessage(view: ThreadView): void {
  const model = usePage();
  useEffect(() => {
    const id = new URLSearchParams(location.search).get("message");
    if (!id) return;
    const find = async () => {
      if (!await model.actions.seek(id)) {
        await model.actions.select(id);
        if (!await model.actions.seek(id)) return;
      }
      view.toItem(id);
      model.clock.after(80, () => document.getElementById(`m-${id}`)?.classList.add("message--sought"));
    };
    find().catch((error) => model.report(error));
  }, []);
}
