import { Overview, type OverviewProps } from "../../components/benchmarks/Overview.tsx";

/** The benchmarks, live. */
export default function BenchmarkOverview(props: OverviewProps) {
  return <Overview {...props} />;
}
