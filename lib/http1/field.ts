const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** True for a `token` of RFC 9110, section 5.6.2: what methods and field names are made of. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** True for what may stand in a field value or reason phrase: no control characters but the tab, nothing above U+00FF. */
export function isFieldText(text: string): boolean {
  return VALUE.test(text);
}

/** Takes spaces and tabs from both ends; `trim()` would also take U+00A0, which is part of a value. */
export function trimField(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
