import { page } from "fresh";
import type { LogPageData } from "../../components/system/page_data.ts";
import { SystemFrame } from "../../components/system/SystemFrame.tsx";
import SystemLog from "../../islands/system/SystemLog.tsx";
import { define, operations, readForm, validate } from "../../lib/app/mod.ts";
import { LOG_LEVELS, type LogFilter } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";

/** Lines that the page begins with. */
const LINES = 500;
const TEXT_MAX_CHARS = 200;

export const handler = define.handlers({
  GET({ state, url }) {
    state.title = `${state.t("log.title")} · ${state.t("app.name")}`;
    const { book, debug } = state.services.logging;
    const filter = filterOf(url.searchParams);
    const lines = book.latest(filter, LINES);
    const view = { lines, parts: book.parts, debug: debug.state, place: book.place };
    return page({ view, filter } satisfies LogPageData);
  },
  /** The switch of the debug mode, posted without a script. */
  async POST(ctx) {
    const { body: schema } = operations.setDebugMode;
    if (!schema) throw new Error("Cannot check the debug mode: the operation has no schema");
    const { minutes } = validate(schema, { minutes: Number((await readForm(ctx.req)).get("minutes")) });
    ctx.state.services.logging.debug.set(minutes);
    return ctx.redirect("/system/log", 303);
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SystemFrame t={t}>
    <SystemLog
      data={data}
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "system"])}
      language={language}
    />
  </SystemFrame>
));

function filterOf(query: URLSearchParams): LogFilter {
  const level = LOG_LEVELS.find((one) => one === query.get("level"));
  const part = query.get("part")?.slice(0, TEXT_MAX_CHARS);
  const text = query.get("text")?.slice(0, TEXT_MAX_CHARS);
  return { ...level && { level }, ...part && { part }, ...text && { text } };
}
