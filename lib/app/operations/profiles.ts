import { newProfileSchema, ownProfilePatchSchema, profilePatchSchema } from "../../access/mod.ts";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

const PROFILE = "/api/profiles/{id}";
const house = { tag: "Profiles", scope: "admin" } as const;
const own = { tag: "Profiles", scope: "account" } as const;

/** Profiles, and the browsers that are logged in. */
export const profilesOperations = {
  listProfiles: operation({ ...house, method: "GET", path: "/api/profiles", summary: "All profiles" }),
  createProfile: operation({
    ...house,
    method: "POST",
    path: "/api/profiles",
    summary: "Add a profile; the header Idempotency-Key makes a repetition harmless. Never by an API key",
    body: newProfileSchema,
    success: { status: 201 },
  }),
  updateProfile: operation({
    ...house,
    method: "PATCH",
    path: PROFILE,
    summary: "Change a profile; a new role or password logs its people out. Never by an API key",
    body: profilePatchSchema,
  }),
  deleteProfile: operation({
    ...house,
    method: "DELETE",
    path: PROFILE,
    summary: "Delete a profile with all its data, for good. Never by an API key",
    success: noContent,
  }),
  getOwnProfile: operation({ ...own, method: "GET", path: "/api/profile", summary: "The own profile" }),
  updateOwnProfile: operation({
    ...own,
    method: "PATCH",
    path: "/api/profile",
    summary:
      "Change the own profile; a new password needs the old one, logs other browsers out, and is set by no API key",
    body: ownProfilePatchSchema,
  }),
  listSessions: operation({
    ...own,
    method: "GET",
    path: "/api/sessions",
    summary: "The browsers that are logged in with the own profile",
  }),
  revokeOtherSessions: operation({
    ...own,
    method: "DELETE",
    path: "/api/sessions",
    summary: "Log all other browsers out at once, with what is open in them",
    success: noContent,
  }),
  revokeSession: operation({
    ...own,
    method: "DELETE",
    path: "/api/sessions/{id}",
    summary: "Log one browser out at once, with what is open in it",
    success: noContent,
  }),
} as const;
