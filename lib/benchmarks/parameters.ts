import { type BenchmarkParameters, FreshetError } from "../shared/mod.ts";

/** What is taken where nothing is said. */
export const DEFAULT_PARAMETERS: Readonly<BenchmarkParameters> = {
  repetitions: 1,
  concurrency: 1,
  temperature: 0,
  maxTokens: 512,
  seed: 1,
};

/** The least and the most of each. */
export const PARAMETER_LIMITS: Readonly<Record<keyof BenchmarkParameters, readonly [number, number]>> = {
  repetitions: [1, 20],
  concurrency: [1, 32],
  temperature: [0, 2],
  maxTokens: [1, 32_768],
  seed: [0, 2_147_483_647],
};

/** The parameters with what was not said filled in. Throws `invalid_request` where one is out of its limits. */
export function parametersOf(given: Partial<BenchmarkParameters>): BenchmarkParameters {
  const { repetitions, concurrency, temperature, maxTokens, seed } = { ...DEFAULT_PARAMETERS, ...given };
  const parameters = { repetitions, concurrency, temperature, maxTokens, seed };
  for (const [name, value] of Object.entries(parameters)) {
    const [least, most] = PARAMETER_LIMITS[name as keyof BenchmarkParameters];
    if (value === null) continue;
    const isWhole = name === "temperature" || Number.isInteger(value);
    if (isWhole && value >= least && value <= most) continue;
    throw new FreshetError("invalid_request", `${name}: has to be from ${least} to ${most}`, { field: name });
  }
  return parameters;
}
