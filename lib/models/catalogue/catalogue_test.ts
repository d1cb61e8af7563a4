import { assert, assertEquals } from "@std/assert";
import { catalogue } from "./catalogue.ts";

Deno.test("each model of the catalogue is there once, with sizes that its parameters and quantisation allow", () => {
  const { models } = catalogue();
  const variants = models.flatMap((model) => model.variants);
  assert(models.length >= 40);
  assertEquals(new Set(models.map(({ id }) => id)).size, models.length);
  assertEquals(new Set(variants.map(({ name }) => name)).size, variants.length);
  for (const { name, parameters, sizeBytes, quantization } of variants) {
    const [, times = "1", count = "0", unit] = /^(?:(\d+)x)?([\d.]+)([MB])/.exec(parameters) ?? [];
    const bits = 8 * sizeBytes / (Number(times) * Number(count) * (unit === "B" ? 1e9 : 1e6));
    // Some keep their embeddings whole, which shows most in small ones. Effective parameters are fewer than there are; experts share layers, so that 8x7B are 47B.
    if (parameters.includes("effective")) continue;
    const [least, most] = /F16/.test(quantization)
      ? [15, 18]
      : quantization === "Q8_0"
      ? [7.5, 11]
      : [3.5, 8.5];
    assert(bits >= least && bits <= most, `${name}: ${bits.toFixed(1)} bits a parameter`);
  }
});
