import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageModel } from "../../lib/client/page_model.ts";

/** The model of the page, for all components within an island. */
export const PageContext = createContext<PageModel | null>(null);

/** The model of the page. Throws outside of a `PageScope`. */
export function usePage(): PageModel {
  const model = useContext(PageContext);
  if (!model) throw new Error("Cannot use the page's model outside of a PageScope");
  return model;
}
