import type { ByteSource } from "./byte_source.ts";

/** How long a response may last after the end of its answer, in ms. */
const END_MS = 20;

/** Reads a response to its end, unless that takes long: only such a one leaves its connection to the next request. */
export async function readOut(source: ByteSource): Promise<void> {
  if (source.isEnded) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve();
    }, END_MS);
  });
  const readOn = async () => {
    while (!isLate && await source.read());
  };
  await Promise.race([readOn().catch(() => "the answer is whole without it"), late]);
  clearTimeout(timer);
}
