import { HttpError, page } from "fresh";
import type { TerminalPageData } from "../../components/terminal/page_data.ts";
import { TerminalFrame } from "../../components/terminal/TerminalFrame.tsx";
import { Problem } from "../../components/terminal/Problem.tsx";
import Terminals from "../../islands/terminal/Terminals.tsx";
import { define, readForm, type State, visitorOf } from "../../lib/app/mod.ts";
import { type ErrorBody, FreshetError } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";
import { pageData } from "./(_terminal)/page_data.ts";

/** The page, or why this visitor has none. */
type Data = { type: "page"; data: TerminalPageData } | { type: "refused"; error: ErrorBody };

interface Call {
  state: State;
  req: Request;
  url: URL;
  info: Deno.ServeHandlerInfo;
}

export const handler = define.handlers({
  async GET(ctx) {
    begin(ctx);
    return await render(ctx);
  },
  /** Turning terminals on and off. */
  async POST(ctx) {
    begin(ctx);
    const intent = (await readForm(ctx.req)).get("intent");
    try {
      if (intent !== "on" && intent !== "off") {
        throw new FreshetError("invalid_request", "The form does not say what to do");
      }
      await ctx.state.services.terminals.configure(visitor(ctx), { isOn: intent === "on" });
      return ctx.redirect("/terminal", 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return await render(ctx, error);
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <TerminalFrame t={t}>
    {data.type === "page"
      ? (
        <Terminals
          data={data.data}
          texts={textsOf(isLanguage(language) ? language : "en", ["common", "terminal"])}
          language={language}
        />
      )
      : (
        <div class="terminal-page">
          <h1>{t("terminal.title")}</h1>
          <Problem error={data.error} />
        </div>
      )}
  </TerminalFrame>
));

function begin({ state }: Call): void {
  if (!state.services.config.features.terminal) throw new HttpError(404);
  state.title = `${state.t("terminal.title")} · ${state.t("app.name")}`;
}

function visitor({ req, state }: Call) {
  return visitorOf({ request: req, principal: state.principal, from: state.source.address });
}

async function render(call: Call, problem?: FreshetError) {
  try {
    const data = await pageData(call.state, visitor(call), call.url.searchParams.get("session"), problem);
    return page<Data>({ type: "page", data }, { status: problem?.status ?? 200 });
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return page<Data>({ type: "refused", error: error.toBody() }, { status: error.status });
  }
}
