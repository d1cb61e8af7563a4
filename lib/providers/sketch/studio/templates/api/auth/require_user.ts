import type { Context, MiddlewareHandler } from "hono";
import { ApiError } from "../errors.ts";
import type { Accounts, User } from "./accounts.ts";

/** Lets only requests through that carry a valid token: `Authorization: Bearer …`. */
export function requireUser(accounts: Accounts): MiddlewareHandler {
  return async (c, next) => {
    userOf(c, accounts);
    await next();
  };
}

/** Who asks. Throws an `ApiError` where the token is missing, unknown or too old. */
export function userOf(c: Context, accounts: Accounts): User {
  const user = accounts.userByToken(bearerToken(c));
  if (user) return user;
  c.header("www-authenticate", "Bearer");
  throw new ApiError(401, "unauthorized", "Log in at /auth/login and send the token as a bearer token");
}

/** The token of a request; empty where there is none. */
export function bearerToken(c: Context): string {
  return /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
}
