/** Bytes of a status line with all header fields, those of an informational response included each by itself. */
export const MAX_HEAD_BYTES = 64 * 1024;
/** Header fields of one response. */
export const MAX_FIELDS = 200;
/** Bytes of all chunk extensions of one body: nothing that Freshet talks to sends any. */
export const MAX_EXTENSION_BYTES = 16 * 1024;
/** Bytes of the trailer section of one body. */
export const MAX_TRAILER_BYTES = 16 * 1024;
/** Hexadecimal digits of the size of a chunk, leading zeros included. */
export const MAX_SIZE_DIGITS = 16;
/** 1xx responses before the final one. */
export const MAX_INFORMATIONAL = 16;
/** Redirects that one `fetch` follows, as the fetch standard has it. */
export const MAX_REDIRECTS = 20;
