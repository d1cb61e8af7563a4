import { HttpError, page } from "fresh";
import { BenchmarksFrame } from "../../../components/benchmarks/BenchmarksFrame.tsx";
import { CALLS_PER_PAGE, type CallsQuery, CallsTable } from "../../../components/benchmarks/CallsTable.tsx";
import BenchmarkPage from "../../../islands/benchmarks/BenchmarkPage.tsx";
import { requireScope } from "../../../lib/access/mod.ts";
import { define, readForm, type State } from "../../../lib/app/mod.ts";
import { type ErrorBody, FreshetError, newId, RESULT_KINDS } from "../../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../../lib/shared/texts/mod.ts";
import { setTitle } from "./(_benchmarks)/title.ts";

export const handler = define.handlers({
  async GET({ state, url, params }) {
    return page(await benchmarkPage(state, params.id ?? "", url.searchParams));
  },
  /** What the page's buttons do. */
  async POST(ctx) {
    const { state, params, url } = ctx;
    requireScope(state.principal, "admin");
    try {
      return ctx.redirect(await act(state, params.id ?? "", await readForm(ctx.req)), 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      const data = await benchmarkPage(state, params.id ?? "", url.searchParams);
      return page({ ...data, problem: error.toBody() }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <BenchmarksFrame view="benchmark" title={data.benchmark.name} problem={data.problem} t={t}>
    <BenchmarkPage
      benchmark={data.benchmark}
      canManage={data.canManage}
      repeatKey={data.repeatKey}
      texts={textsOf(isLanguage(language) ? language : "en", ["benchmarks", "dashboard"])}
      language={language}
    />
    <CallsTable benchmark={data.benchmark} calls={data.calls} query={data.query} language={language} t={t} />
  </BenchmarksFrame>
));

async function benchmarkPage(state: State, id: string, search: URLSearchParams) {
  const { services: { benchmarks }, principal } = state;
  const query = callsQueryOf(search);
  try {
    const benchmark = await benchmarks.get(principal, id);
    setTitle(state, benchmark.name);
    const { target, ...rest } = query;
    const calls = await benchmarks.results(principal, id, {
      ...rest,
      ...(target === null ? {} : { target }),
      limit: CALLS_PER_PAGE,
    });
    return {
      benchmark,
      calls,
      query,
      canManage: principal.scopes.has("admin"),
      repeatKey: newId(),
      problem: null as ErrorBody | null,
    };
  } catch (error) {
    if (error instanceof FreshetError) throw new HttpError(error.status as 404, error.message);
    throw error;
  }
}

function callsQueryOf(search: URLSearchParams): CallsQuery {
  const numberOf = (name: string) => {
    const text = search.get(name) ?? "";
    return /^\d{1,6}$/.test(text) ? Number(text) : null;
  };
  return {
    target: numberOf("target"),
    kind: RESULT_KINDS.find((kind) => kind === search.get("kind")) ?? "all",
    offset: numberOf("offset") ?? 0,
  };
}

/** Does what a posted form asks for; returns where to go. Throws a `FreshetError` where that is refused. */
async function act(
  { services: { benchmarks }, principal }: State,
  id: string,
  form: URLSearchParams,
): Promise<string> {
  const here = `/models/benchmarks/${id}`;
  switch (form.get("intent")) {
    case "stop":
      await benchmarks.stop(principal, id);
      return here;
    case "continue":
      await benchmarks.resume(principal, id);
      return here;
    case "repeat":
      return `/models/benchmarks/${(await benchmarks.repeat(principal, id, form.get("request"))).id}`;
    case "delete":
      await benchmarks.delete(principal, id);
      return "/models/benchmarks";
    default:
      throw new FreshetError("invalid_request", "The form does not say what to do");
  }
}
