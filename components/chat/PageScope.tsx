import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { pageModel } from "../../lib/client/page_model.ts";
import { startPage } from "../../lib/client/start_page.ts";
import type { ChatPageData } from "../../lib/shared/mod.ts";
import type { Texts } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { PageContext } from "./context.ts";

/** What every island of the chat page is given: the same two objects for all. */
export interface ChatIslandProps {
  data: ChatPageData;
  texts: Texts;
}

/** The inside of an island: gives its components the page's model, and keeps what breaks in it to itself. */
export function PageScope({ data, texts, children }: ChatIslandProps & { children: ComponentChildren }) {
  const model = useMemo(() => pageModel(data, texts), [data, texts]);
  useEffect(() => startPage(model), [model]);
  return (
    <PageContext.Provider value={model}>
      <ErrorBoundary t={model.t}>{children}</ErrorBoundary>
    </PageContext.Provider>
  );
}
