import { page } from "fresh";
import type { SystemPageData } from "../../components/system/page_data.ts";
import { SystemFrame } from "../../components/system/SystemFrame.tsx";
import System from "../../islands/system/System.tsx";
import { define, operations, readForm, type State, validate } from "../../lib/app/mod.ts";
import { thresholdsOf } from "../../lib/client/system/threshold_form.ts";
import { type ErrorBody, FreshetError, SYSTEM_RANGES, type Threshold } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    return page(await pageData(state, url));
  },
  /** The thresholds, posted without a script. */
  async POST(ctx) {
    const { state, url } = ctx;
    const thresholds = thresholdsOf(await readForm(ctx.req));
    try {
      const { body: schema } = operations.setSystemThresholds;
      if (!schema) throw new Error("Cannot check thresholds: the operation has no schema");
      const checked = validate(schema, { thresholds });
      await state.services.monitor.thresholds.set(state.principal, checked.thresholds);
      return ctx.redirect(url.pathname + url.search, 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page(await pageData(state, url, { thresholds, problem: error.toBody() }), {
        status: error.status,
      });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SystemFrame t={t}>
    <System
      data={data}
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "system"])}
      language={language}
    />
  </SystemFrame>
));

async function pageData(
  state: State,
  url: URL,
  refused?: { thresholds: Threshold[]; problem: ErrorBody },
): Promise<SystemPageData> {
  const { services: { monitor, clock }, principal, t } = state;
  state.title = `${t("system.title")} · ${t("app.name")}`;
  const range = SYSTEM_RANGES.find((one) => one === url.searchParams.get("range")) ?? "hour";
  const view = await monitor.view(principal);
  return {
    view,
    history: await monitor.history(range),
    thresholds: refused?.thresholds ?? await monitor.thresholds.list(principal),
    problem: refused?.problem ?? null,
    now: clock.now(),
  };
}
