import { page } from "fresh";
import { BenchmarksFrame } from "../../../components/benchmarks/BenchmarksFrame.tsx";
import { Leaderboard } from "../../../components/benchmarks/Leaderboard.tsx";
import BenchmarkOverview from "../../../islands/benchmarks/BenchmarkOverview.tsx";
import { define } from "../../../lib/app/mod.ts";
import { leaderboardFilterOf } from "../../../lib/client/benchmarks/leaderboard_order.ts";
import { type ErrorBody, FreshetError } from "../../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../../lib/shared/texts/mod.ts";
import { setTitle } from "./(_benchmarks)/title.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    setTitle(state, state.t("benchmarks.title"));
    const { services: { benchmarks }, principal } = state;
    const filter = leaderboardFilterOf(url.searchParams);
    try {
      const [list, rows] = await Promise.all([
        benchmarks.list(principal),
        benchmarks.leaderboard(principal, filter.of),
      ]);
      return page({ list, rows, filter, problem: null as ErrorBody | null });
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page({ list: [], rows: [], filter, problem: error.toBody() }, { status: 503 });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language, principal } }) => (
  <BenchmarksFrame view="overview" title={t("benchmarks.title")} problem={data.problem} t={t}>
    {!data.problem && (
      <>
        <BenchmarkOverview
          benchmarks={data.list}
          canManage={principal.scopes.has("admin")}
          texts={textsOf(isLanguage(language) ? language : "en", ["benchmarks"])}
          language={language}
        />
        {data.list.length > 0 && (
          <Leaderboard rows={data.rows} filter={data.filter} language={language} t={t} />
        )}
      </>
    )}
  </BenchmarksFrame>
));
