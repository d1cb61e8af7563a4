import type { LoginProof } from "../lib/access/mod.ts";
import type { Services } from "../lib/app/mod.ts";

/** The header of a browser that is logged in. */
export async function cookieFor(
  { sessions }: Pick<Services, "sessions">,
  profileId = "local",
  proof: LoginProof = "password",
): Promise<string> {
  const { secret } = await sessions.create(profileId, proof, { address: "127.0.0.1" });
  return `${sessions.cookieName}=${secret}`;
}
