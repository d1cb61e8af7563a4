import { Hono } from "hono";
import { ApiError } from "../errors.ts";
import { readJson } from "../json_body.ts";
import { type Rules, validate } from "../validation.ts";
import type { Accounts } from "./accounts.ts";
import { bearerToken, userOf } from "./require_user.ts";

interface Credentials {
  email: string;
  password: string;
}

const PASSWORD_LENGTH_MIN = 10;
const rules: Rules<Credentials> = {
  email: { type: "email", required: true },
  password: { type: "text", required: true, maxLength: 200 },
};

/** Register, log in, see who one is, log out. */
export function authRoutes(accounts: Accounts): Hono {
  const routes = new Hono();

  routes.post("/register", async (c) => {
    const { email, password } = validate<Credentials>(await readJson(c), rules);
    if (password.length < PASSWORD_LENGTH_MIN) {
      throw new ApiError(422, "invalid", "Some fields are not right", [
        { field: "password", message: `must have at least ${PASSWORD_LENGTH_MIN} characters` },
      ]);
    }
    return c.json(await accounts.register(email, password), 201);
  });

  routes.post("/login", async (c) => {
    const { email, password } = validate<Credentials>(await readJson(c), rules);
    return c.json(await accounts.login(email, password));
  });

  routes.get("/me", (c) => c.json(userOf(c, accounts)));

  routes.post("/logout", (c) => {
    accounts.logout(bearerToken(c));
    return c.body(null, 204);
  });

  return routes;
}
