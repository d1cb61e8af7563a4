import type { GpuState } from "../../shared/mod.ts";
import { MissingError } from "../host/missing_error.ts";
import type { RunTool } from "../host/run_tool.ts";
import { IOREG_ARGS, parseIoreg } from "./apple.ts";
import { NVIDIA_ARGS, parseNvidia } from "./nvidia.ts";
import { parseRocm, ROCM_ARGS } from "./rocm.ts";

interface Tool {
  program: string;
  args: readonly string[];
  parse(text: string): GpuState[];
}

const NVIDIA: Tool = { program: "nvidia-smi", args: NVIDIA_ARGS, parse: parseNvidia };
const ROCM: Tool = { program: "rocm-smi", args: ROCM_ARGS, parse: parseRocm };
const IOREG: Tool = { program: "ioreg", args: IOREG_ARGS, parse: parseIoreg };

/** Asks the GPUs of a machine by the programs of their makers. Once it is known which of them there are, only those are asked. */
export class GpuReader {
  readonly #tools: readonly Tool[];
  readonly #run: RunTool;
  #found: readonly Tool[] | undefined;

  constructor(os: typeof Deno.build.os, run: RunTool) {
    this.#tools = os === "darwin" ? [IOREG] : os === "linux" ? [NVIDIA, ROCM] : [NVIDIA];
    this.#run = run;
  }

  /** All GPUs. Throws a `MissingError` that names the programs where none of them tells of any. */
  async read(): Promise<GpuState[]> {
    const tools = this.#found ?? this.#tools;
    const answers = await Promise.allSettled(
      tools.map(async ({ program, args, parse }) => parse(await this.#run(program, args))),
    );
    const gpus = answers.flatMap((answer) => answer.status === "fulfilled" ? answer.value : []);
    this.#found = gpus.length === 0
      ? undefined
      : tools.filter((_, i) => answers[i]?.status === "fulfilled" && answers[i].value.length > 0);
    if (gpus.length > 0) return gpus;
    throw this.#missing(answers);
  }

  /** A program that is there and fails says more than one that is not. */
  #missing(answers: PromiseSettledResult<GpuState[]>[]): MissingError {
    const failures = answers.flatMap((answer) =>
      answer.status === "rejected" ? MissingError.of(answer.reason) : []
    );
    const all = this.#tools.map(({ program }) => program).join(", ");
    if (failures.some(({ why }) => why === "permission")) {
      return new MissingError("permission", `--allow-run=${all.replaceAll(" ", "")}`);
    }
    return failures.find(({ why }) => why === "failed") ?? new MissingError("tool", all);
  }
}
