import { useEffect } from "preact/hooks";
import { listen } from "../../lib/client/settings/listen.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { useModels } from "./context.ts";

/** Follows what happens to nodes and downloads while the page is seen. */
export function useLive(): void {
  const { installed, downloads, toasts, report, t } = useModels();
  useEffect(() => {
    // That the server is away shows by itself: the page tries again until it is back.
    const quietly = (work: Promise<unknown>) =>
      void work.catch((error) => error instanceof FreshetError || report(error));
    return listen({
      onEvent: (event) => {
        downloads.receive(event);
        if (event.type === "nodes:changed" || event.type === "model:changed") quietly(installed.reload());
        if (event.type === "model:changed") {
          const { model, nodeName: node } = event.change;
          toasts.show({
            kind: "warning",
            message: t("models.changed", { model, node }),
            hint: t("models.changed.hint"),
          });
        }
      },
      onCatchUp: () => {
        quietly(installed.reload());
        quietly(downloads.reload());
      },
    });
  }, []);
}
