import { BenchmarkForm, type BenchmarkFormProps } from "../../components/benchmarks/BenchmarkForm.tsx";

/** The form for a benchmark. */
export default function NewBenchmark(props: BenchmarkFormProps) {
  return <BenchmarkForm {...props} />;
}
