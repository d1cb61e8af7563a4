import { page } from "fresh";
import { BenchmarksFrame } from "../../../components/benchmarks/BenchmarksFrame.tsx";
import { ComparisonView } from "../../../components/benchmarks/ComparisonView.tsx";
import { define, operations, validate } from "../../../lib/app/mod.ts";
import { type Comparison, type ErrorBody, FreshetError } from "../../../lib/shared/mod.ts";
import { setTitle } from "./(_benchmarks)/title.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    setTitle(state, state.t("benchmarks.compare.title"));
    const { services: { benchmarks }, principal } = state;
    const a = url.searchParams.get("a") ?? "";
    const b = url.searchParams.get("b") ?? "";
    const list = await benchmarks.list(principal);
    const data = { list, a, b, comparison: null as Comparison | null, problem: null as ErrorBody | null };
    if (!a || !b) return page(data);
    try {
      const { query } = operations.compareBenchmarks;
      const sides = query ? validate(query, { a, b }) : { a, b };
      return page({ ...data, comparison: await benchmarks.compare(principal, sides.a, sides.b) });
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page({ ...data, problem: error.toBody() }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <BenchmarksFrame view="compare" title={t("benchmarks.compare.title")} problem={data.problem} t={t}>
    <ComparisonView
      benchmarks={data.list}
      a={data.a}
      b={data.b}
      comparison={data.comparison}
      language={language}
      t={t}
    />
  </BenchmarksFrame>
));
