import { page } from "fresh";
import { BenchmarksFrame } from "../../../components/benchmarks/BenchmarksFrame.tsx";
import type { BenchmarkFormData } from "../../../components/benchmarks/page_data.ts";
import NewBenchmark from "../../../islands/benchmarks/NewBenchmark.tsx";
import { requireScope } from "../../../lib/access/mod.ts";
import { benchmarkSchema, define, readForm, type State, validate } from "../../../lib/app/mod.ts";
import { DEFAULT_PARAMETERS, TARGETS_MAX } from "../../../lib/benchmarks/mod.ts";
import { benchmarkOf, targetOf } from "../../../lib/client/benchmarks/benchmark_form.ts";
import { canChat } from "../../../lib/nodes/mod.ts";
import {
  type BenchmarkEstimate,
  type CreateBenchmarkBody,
  type ErrorBody,
  FreshetError,
  newId,
} from "../../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../../lib/shared/texts/mod.ts";
import { setTitle } from "./(_benchmarks)/title.ts";

interface NewPage {
  form: BenchmarkFormData;
  estimate: BenchmarkEstimate | null;
  problem: ErrorBody | null;
}

export const handler = define.handlers({
  async GET({ state, url }) {
    requireScope(state.principal, "admin");
    setTitle(state, state.t("benchmarks.form.title"));
    const targets = url.searchParams.getAll("target").map(targetOf);
    const given = { ...DEFAULT_PARAMETERS, setId: url.searchParams.get("set") ?? "", targets };
    return page(await newPage(state, given));
  },
  async POST(ctx) {
    const { state } = ctx;
    setTitle(state, state.t("benchmarks.form.title"));
    const form = await readForm(ctx.req);
    const given = benchmarkOf(form);
    const { services: { benchmarks }, principal } = state;
    try {
      requireScope(principal, "admin");
      const body = validate(benchmarkSchema, given);
      if (form.get("intent") === "estimate") {
        return page({ ...await newPage(state, given), estimate: await benchmarks.estimate(principal, body) });
      }
      const { id } = await benchmarks.create(principal, body, form.get("request"));
      return ctx.redirect(`/models/benchmarks/${id}`, 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page({ ...await newPage(state, given), problem: error.toBody() }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <BenchmarksFrame view="new" title={t("benchmarks.form.title")} problem={data.problem} t={t}>
    <NewBenchmark
      data={data.form}
      estimate={data.estimate}
      texts={textsOf(isLanguage(language) ? language : "en", ["benchmarks"])}
      language={language}
    />
  </BenchmarksFrame>
));

async function newPage(
  { services: { benchmarks, nodes }, principal }: State,
  given: CreateBenchmarkBody,
): Promise<NewPage> {
  const [sets, { models }] = await Promise.all([
    benchmarks.sets.list(principal),
    nodes.modelsOrMeet(principal),
  ]);
  return {
    form: {
      sets,
      models: models.filter(canChat).map((model) => ({
        id: model.id,
        nodes: model.nodes.map(({ id, name }) => ({ id, name })),
      })),
      given: { ...DEFAULT_PARAMETERS, ...given },
      targetsMax: TARGETS_MAX,
      requestKey: newId(),
    },
    estimate: null,
    problem: null,
  };
}
