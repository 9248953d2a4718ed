// Asks a gateway one question, JSON on standard input, and prints the answer once its signature is verified.
// node client.mjs ORIGIN partner.pem KEYID GATEWAY_THUMBPRINT < question.json
import { createHash, createPublicKey, randomBytes, randomUUID, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [origin, keyFile, keyid, pin] = process.argv.slice(2);
const sha256 = (data, encoding) => createHash("sha256").update(data).digest(encoding);
const digestOf = (body) => `sha-256=:${sha256(body, "base64")}:`;
const lines = (pairs) => pairs.map(([name, value]) => `${name}: ${value}`).join("\n");
const now = () => Math.floor(Date.now() / 1000);

// The question, signed.
const target = `${origin}/v1/disclosures`;
const body = readFileSync(0);
const headers = { "content-type": "application/json", "content-digest": digestOf(body), "idempotency-key": randomUUID() };
const parts = [['"@method"', "POST"], ['"@target-uri"', target], ...Object.entries(headers).map(([name, value]) => [`"${name}"`, value])];
const created = now();
const input = `(${parts.map(([name]) => name).join(" ")});created=${created};expires=${created + 60}` +
  `;nonce="${randomBytes(16).toString("base64url")}";alg="ecdsa-p256-sha256";keyid="${keyid}";tag="isa-gateway-v1"`;
const base = lines([...parts, ['"@signature-params"', input]]);
const key = { key: readFileSync(keyFile), dsaEncoding: "ieee-p1363" };
const signature = `:${sign("sha256", Buffer.from(base), key).toString("base64")}:`;
Object.assign(headers, { "signature-input": `sig1=${input}`, signature: `sig1=${signature}` });
const answer = await fetch(target, { method: "POST", headers, body, redirect: "manual" });
const received = Buffer.from(await answer.arrayBuffer());

// The answer: signed by the key of the contract, for this very question, now, over these bytes.
const published = await (await fetch(`${origin}/.well-known/jwks.json`)).json();
const gateway = published.keys.find(({ crv, kty, x, y }) => sha256(JSON.stringify({ crv, kty, x, y }), "base64url") === pin);
const covered = [
  ['"@status"', answer.status], ['"content-type"', answer.headers.get("content-type")],
  ['"content-digest"', digestOf(received)], ['"@method";req', "POST"], ['"@target-uri";req', target],
  ['"content-digest";req', headers["content-digest"]], ['"signature";req;key="sig1"', signature],
  ['"signature-input";req;key="sig1"', input],
];
const signed = (answer.headers.get("signature-input") ?? "").slice("sig1=".length);
const parameters = signed.slice(`(${covered.map(([name]) => name).join(" ")})`.length);
const [, from, until] = parameters.match(/^;created=(\d+);expires=(\d+);alg="ecdsa-p256-sha256";keyid="[\w-]{43}";tag="isa-gateway-v1"$/) ?? [];
const check = lines([...covered, ['"@signature-params"', `(${covered.map(([name]) => name).join(" ")})${parameters}`]]);
const proof = Buffer.from((answer.headers.get("signature") ?? "").slice("sig1=:".length), "base64");
const trusted = gateway && from <= now() + 10 && from >= now() - 60 && now() <= until &&
  verify("sha256", Buffer.from(check), { key: createPublicKey({ key: gateway, format: "jwk" }), dsaEncoding: "ieee-p1363" }, proof);
if (!trusted) throw new Error("the gateway did not sign this answer for this question");
console.error(answer.status);
process.stdout.write(received);
