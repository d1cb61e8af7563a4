import { HtmlDocument } from "../components/layout/HtmlDocument.tsx";
import { define } from "../lib/app/mod.ts";
import { defaultUiSettings } from "../lib/shared/mod.ts";

export default define.page(({ Component, state }) => (
  // An error may come before anybody knows who asks.
  <HtmlDocument
    settings={state.settings ?? defaultUiSettings()}
    language={state.language ?? "en"}
    title={state.title ?? "Freshet"}
  >
    <Component />
  </HtmlDocument>
));
