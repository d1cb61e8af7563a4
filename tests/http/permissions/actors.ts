import { localPrincipal, ROLE_SCOPES, type Scope, SCOPES } from "../../../lib/access/mod.ts";
import { cookieFor } from "../../cookies.ts";
import { ORIGIN, type TestApp } from "../../harness.ts";

/** Who asks: with these headers, in the name of a profile, and with these rights. */
export interface Actor {
  name: string;
  headers: Record<string, string>;
  scopes: ReadonlySet<Scope>;
  /** `nobody` has shown nothing at all. */
  type: "nobody" | "person" | "key";
}

/** Nobody, two members, an administrator, and a key with and without each scope, of an administrator beside. */
export async function makeActors(app: TestApp): Promise<Actor[]> {
  const { services } = app;
  const add = (name: string, role: "member" | "administrator") =>
    services.profiles.create(localPrincipal, { name, role, password: null });
  const person = async (
    name: string,
    profileId: string,
    role: "member" | "administrator",
  ): Promise<Actor> => ({
    name,
    type: "person",
    scopes: ROLE_SCOPES[role],
    headers: { cookie: await cookieFor(services, profileId), origin: ORIGIN },
  });
  const [member, other, owner] = [
    await add("Member", "member"),
    await add("Other", "member"),
    await add("Owner of keys", "administrator"),
  ];
  const maker = { ...localPrincipal, profileId: owner.id };
  const key = async (name: string, scopes: Scope[]): Promise<Actor> => {
    const { secret } = await services.apiKeys.create(maker, name, scopes);
    const own = scopes.includes("admin") ? [...scopes, "account" as const] : scopes;
    return { name, type: "key", scopes: new Set(own), headers: { authorization: `Bearer ${secret}` } };
  };
  const keys: Actor[] = [];
  for (const scope of SCOPES) {
    keys.push(await key(`a key with ${scope}`, [scope]));
    keys.push(await key(`a key without ${scope}`, SCOPES.filter((each) => each !== scope)));
  }
  return [
    { name: "nobody", type: "nobody", scopes: new Set(), headers: {} },
    {
      name: "a wrong key",
      type: "nobody",
      scopes: new Set(),
      headers: { authorization: "Bearer fsh_wrong" },
    },
    await person("a member", member.id, "member"),
    await person("another member", other.id, "member"),
    await person("an administrator", "local", "administrator"),
    ...keys,
  ];
}
