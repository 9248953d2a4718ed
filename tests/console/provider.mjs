// A real OpenID Connect provider (npm oidc-provider) for the tests: node provider.mjs PORT CLIENT_ORIGIN KEYS
// Whoever signs in by a name gets the group of that name; the sign-in pages are those that the package brings.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [port, origin, keys, packages] = process.argv.slice(2);
const require = createRequire(`${packages}/package.json`);
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "isa-console",
      client_secret: "invented-secret-for-tests-0123456789",
      redirect_uris: [`${origin}/sign-in/back`],
      post_logout_redirect_uris: [`${origin}/en/sign-out`, `${origin}/fr/sign-out`],
      id_token_signed_response_alg: "ES256",
      require_auth_time: true,
    },
    {
      client_id: "isa-commands",
      token_endpoint_auth_method: "none",
      redirect_uris: [],
      response_types: [],
      grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
      id_token_signed_response_alg: "ES256",
      require_auth_time: true,
    },
  ],
  jwks: JSON.parse(readFileSync(keys, "utf-8")),
  claims: { openid: ["sub", "groups", "preferred_username", "auth_time"], profile: [] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  enableHttpPostMethods: true,
  cookies: { long: { sameSite: "none" }, keys: ["invented-cookie-key"] },
  features: {
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    deviceFlow: { enabled: true },
    revocation: { enabled: true },
  },
  issueRefreshToken: (_context, client) => client.clientId === "isa-commands",
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id, groups: [id] }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
