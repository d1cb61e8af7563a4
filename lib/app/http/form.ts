import { FreshetError } from "../../shared/mod.ts";
import { readBytes } from "./body.ts";

/** Bytes of a form without files. */
const FORM_MAX_BYTES = 1024 * 1024;

/** The fields of a posted form. Throws `unsupported_media` for another body, `payload_too_large` above 1 MB. */
export async function readForm(request: Request): Promise<FormData> {
  const mediaType = request.headers.get("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(mediaType)) {
    throw new FreshetError("unsupported_media", `The body has to be a form, not ${mediaType || "of no type"}`);
  }
  const bytes = await readBytes(request, FORM_MAX_BYTES);
  try {
    return await new Response(bytes.slice(), { headers: { "content-type": mediaType } }).formData();
  } catch (cause) {
    throw new FreshetError("invalid_request", "Cannot parse the body as a form", { cause });
  }
}
