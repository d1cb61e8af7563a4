import { FreshetError } from "../../shared/mod.ts";
import { readBytes } from "./body.ts";

const FORM_MAX_BYTES = 4 * 1024 * 1024;
/** Deno KV throws at keys that are too long. */
const ID_MAX_CHARS = 200;

/** The fields of a posted form. Throws `payload_too_large` or `unsupported_media`. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const mediaType = request.headers.get("content-type") ?? "";
  if (!mediaType.startsWith("application/x-www-form-urlencoded")) {
    throw new FreshetError("unsupported_media", "The form has to be application/x-www-form-urlencoded");
  }
  return new URLSearchParams(new TextDecoder().decode(await readBytes(request, FORM_MAX_BYTES)));
}

/** A form with files. Throws `payload_too_large`, `unsupported_media` or `invalid_request`. */
export async function readMultipart(request: Request, maxBytes: number): Promise<FormData> {
  const mediaType = request.headers.get("content-type") ?? "";
  if (!mediaType.toLowerCase().startsWith("multipart/form-data")) {
    throw new FreshetError("unsupported_media", "The files have to be sent as multipart/form-data");
  }
  const body = await readBytes(request, maxBytes) as Uint8Array<ArrayBuffer>;
  return await new Response(body, { headers: { "content-type": mediaType } }).formData().catch((cause) => {
    throw new FreshetError("invalid_request", "Cannot parse the body as multipart/form-data", { cause });
  });
}

/** What a form is about, named in its field `id`. Throws `invalid_request` where that is empty or longer than any id. */
export function formId(form: URLSearchParams): string {
  const id = form.get("id") ?? "";
  if (id !== "" && id.length <= ID_MAX_CHARS) return id;
  throw new FreshetError("invalid_request", "The form does not say what it is about", { field: "id" });
}

/** One field of a posted form. Throws `invalid_request` where it is empty. */
export async function formText(request: Request, field: string): Promise<string> {
  const text = (await readForm(request)).get(field)?.trim();
  if (text) return text;
  throw new FreshetError("invalid_request", "The message is empty", { field });
}
