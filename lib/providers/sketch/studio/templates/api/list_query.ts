import { ApiError, type Detail } from "./errors.ts";

/** How a list is asked for. */
export interface ListQuery {
  /** Counts from 1. */
  page: number;
  perPage: number;
  // #if search
  /** Only what holds this text in one of its fields. */
  search?: string;
  // #end
  // #if sorting
  sort?: { field: string; descending: boolean };
  // #end
}

const PER_PAGE = 20;
const PER_PAGE_MAX = 100;

// #if !sorting
//: /** Reads `page` and `perPage` from the address. */
//: export function readListQuery(parameters: Record<string, string>): ListQuery {
// #end
// #if sorting
/** Reads the query of a list from the address. `sort=name` sorts by a field, `sort=-name` the other way round. */
export function readListQuery(parameters: Record<string, string>, fields: readonly string[]): ListQuery {
  // #end
  const details: Detail[] = [];
  const query: ListQuery = {
    page: wholeNumber("page", parameters.page, 1, Number.MAX_SAFE_INTEGER, details),
    perPage: wholeNumber("perPage", parameters.perPage, PER_PAGE, PER_PAGE_MAX, details),
  };
  // #if search
  const search = parameters.search?.trim();
  if (search) query.search = search;
  // #end
  // #if sorting
  if (parameters.sort) {
    const field = parameters.sort.replace(/^-/, "");
    if (!fields.includes(field)) {
      details.push({ field: "sort", message: `must be one of: ${fields.join(", ")}` });
    }
    query.sort = { field, descending: parameters.sort.startsWith("-") };
  }
  // #end
  if (details.length > 0) throw new ApiError(400, "bad_query", "The list cannot be made like this", details);
  return query;
}

function wholeNumber(
  field: string,
  text: string | undefined,
  fallback: number,
  max: number,
  details: Detail[],
): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= max) return value;
  details.push({
    field,
    message: max < Number.MAX_SAFE_INTEGER ? `must be from 1 to ${max}` : "must be 1 or more",
  });
  return fallback;
}
