/** How long and with how many repetitions a run measures. */
export interface BenchOptions {
  /** True for a run of under a minute, whose figures only show that nothing is far off. */
  quick: boolean;
  /** Writes text as it is. */
  print: (text: string) => void;
}

/** One part of the bench, to be run by its name. */
export interface Section {
  name: string;
  /** What is measured, in one line. */
  title: string;
  run(options: BenchOptions): Promise<void>;
}
