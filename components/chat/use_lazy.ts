import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A component whose code is loaded when it is wanted for the first time; null until then. */
export function useLazy<Props>(
  wanted: boolean,
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> | null {
  const [loaded, setLoaded] = useState<{ component: FunctionComponent<Props> } | null>(null);
  useEffect(() => {
    if (wanted && !loaded) load().then((component) => setLoaded({ component }), reportError);
  }, [wanted]);
  return loaded?.component ?? null;
}
