/** So many characters of an answer are shown. */
const SHOWN_MAX = 200_000;

/** What came of a request that was tried. */
export interface TrialAnswer {
  status: number;
  statusText: string;
  mediaType: string;
  /** Until the answer began, in ms. */
  ms: number;
  /** What is shown of its body; null for bytes that are no text. */
  text: string | null;
  /** Of the body: of a text as far as it was read, of other bytes as the answer says; null where it does not. */
  bytes: number | null;
  isCut: boolean;
}

/** Sends a request and tells of its answer as it arrives, until it ends, enough of it is there, or the signal says so. */
export async function readAnswer(
  url: string,
  init: RequestInit,
  { signal, now, onAnswer, fetch = globalThis.fetch }: {
    signal: AbortSignal;
    /** ms since whenever. */
    now: () => number;
    onAnswer: (answer: TrialAnswer) => void;
    fetch?: typeof globalThis.fetch;
  },
): Promise<void> {
  const start = now();
  const response = await fetch(url, { ...init, signal });
  const { status, statusText, headers, body } = response;
  const mediaType = headers.get("content-type") ?? "";
  const begun = { status, statusText, mediaType, ms: Math.round(now() - start), isCut: false };
  if (!/json|text|xml|javascript/.test(mediaType) && mediaType !== "") {
    // A file may have gigabytes, and none of them is shown.
    onAnswer({ ...begun, text: null, bytes: Number(headers.get("content-length")) || null });
    await body?.cancel();
    return;
  }
  let answer = { ...begun, text: "", bytes: 0 };
  const tell = (changes: Partial<typeof answer>) => onAnswer(answer = { ...answer, ...changes });
  tell({});
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  for (;;) {
    const { done = true, value } = await reader?.read() ?? {};
    if (done || !value) break;
    const text = answer.text + decoder.decode(value, { stream: true });
    const isCut = text.length > SHOWN_MAX;
    tell({ bytes: answer.bytes + value.length, text: text.slice(0, SHOWN_MAX), isCut });
    if (!isCut) continue;
    await reader?.cancel();
    return;
  }
  tell({ text: indented(answer.text, mediaType) });
}

/** JSON with its structure, everything else as it came. */
function indented(text: string, mediaType: string): string {
  if (!mediaType.includes("json")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
