import {
  BenchmarkDetails,
  type BenchmarkDetailsProps,
} from "../../components/benchmarks/BenchmarkDetails.tsx";

/** One benchmark, live. */
export default function BenchmarkPage(props: BenchmarkDetailsProps) {
  return <BenchmarkDetails {...props} />;
}
