import type { WireCase } from "./testdata/case.ts";
import { FENCES } from "./testdata/fences.ts";
import { PATHS } from "./testdata/paths.ts";
import { SLIPS } from "./testdata/slips.ts";
import { TRUNCATED } from "./testdata/truncated.ts";
import { WELL_FORMED } from "./testdata/well_formed.ts";

/** Answers of models, and what must come of each. */
export const CORPUS: readonly WireCase[] = [...WELL_FORMED, ...PATHS, ...FENCES, ...SLIPS, ...TRUNCATED];
