import type { BenchmarkTarget, CreateBenchmarkBody } from "../../shared/mod.ts";

/** The value of a choice that stands for a model, on one node or wherever its calls go. */
export function targetValue({ model, nodeId }: BenchmarkTarget): string {
  return `${new URLSearchParams({ model, ...(nodeId === undefined ? {} : { node: nodeId }) })}`;
}

/** The model that a choice stands for. */
export function targetOf(value: string): BenchmarkTarget {
  const query = new URLSearchParams(value);
  const nodeId = query.get("node");
  return { model: query.get("model") ?? "", ...(nodeId === null ? {} : { nodeId }) };
}

/** What a posted form asks for; numbers are checked by who gets it. */
export function benchmarkOf(form: URLSearchParams): CreateBenchmarkBody {
  const number = (name: string) => {
    const text = form.get(name)?.trim() ?? "";
    return text === "" ? undefined : Number(text);
  };
  const body: CreateBenchmarkBody = {
    setId: form.get("set") ?? "",
    targets: form.getAll("target").map(targetOf),
    seed: number("seed") ?? null,
  };
  const name = form.get("name")?.trim();
  if (name) body.name = name;
  for (const field of ["repetitions", "concurrency", "temperature", "maxTokens"] as const) {
    const value = number(field);
    if (value !== undefined) body[field] = value;
  }
  return body;
}
