// One signed question through the types that openapi-typescript makes of /openapi.json; tsc checks it, node runs it.
// node ask.js ORIGIN partner.pem KEYID gateway.pem < question.json
import { createHash, randomBytes, randomUUID, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import type { components, operations } from "./description";

type Operation = operations["disclose"];
type Question = Operation["requestBody"]["content"]["application/json"];
type Answered = Operation["responses"][200]["content"]["application/json"];
type Refused = Operation["responses"][403]["content"]["application/problem+json"];

const [origin = "", keyFile = "", keyid = "", gatewayFile = ""] = process.argv.slice(2);
const dsaEncoding = "ieee-p1363";
const digestOf = (body: Buffer) => `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;

/** What is signed: a line for each component, then their list with its parameters. */
function base(values: Record<string, string>, parameters: string): [list: string, text: Buffer] {
  const list = `(${Object.keys(values).join(" ")})${parameters}`;
  const lines = [...Object.entries(values), ['"@signature-params"', list]].map(([name, value]) => `${name}: ${value}`);
  return [list, Buffer.from(lines.join("\n"))];
}

async function post(path: "/v1/disclosures", question: Question): Promise<Answered | Refused> {
  const [target, body, created] = [origin + path, Buffer.from(JSON.stringify(question)), Math.floor(Date.now() / 1000)];
  const headers: Operation["parameters"]["header"] & Record<string, string> = {
    "content-type": "application/json", "content-digest": digestOf(body), "Idempotency-Key": randomUUID(),
  };
  const [input, text] = base(
    {
      '"@method"': "POST", '"@target-uri"': target, '"content-type"': "application/json",
      '"content-digest"': digestOf(body), '"idempotency-key"': headers["Idempotency-Key"],
    },
    `;created=${created};expires=${created + 60};nonce="${randomBytes(16).toString("base64url")}"` +
      `;alg="ecdsa-p256-sha256";keyid="${keyid}";tag="isa-gateway-v1"`,
  );
  const signature = `:${sign("sha256", text, { key: readFileSync(keyFile), dsaEncoding }).toString("base64")}:`;
  const signed = { ...headers, "signature-input": `sig1=${input}`, signature: `sig1=${signature}` };
  const answer = await fetch(target, { method: "POST", headers: signed, body });
  const received = Buffer.from(await answer.arrayBuffer());
  const stamp = answer.headers.get("signature-input")?.match(/;created=\d+;expires=\d+;alg="[\w-]+";keyid="[\w-]+";tag="isa-gateway-v1"$/);
  const [list, covered] = base(
    {
      '"@status"': String(answer.status), '"content-type"': answer.headers.get("content-type") ?? "",
      '"content-digest"': digestOf(received), '"@method";req': "POST", '"@target-uri";req': target,
      '"content-digest";req': digestOf(body), '"signature";req;key="sig1"': signature,
      '"signature-input";req;key="sig1"': input,
    },
    stamp?.[0] ?? "",
  );
  const proof = Buffer.from(answer.headers.get("signature")?.match(/^sig1=:(.+):$/)?.[1] ?? "", "base64");
  const gateway = { key: readFileSync(gatewayFile), dsaEncoding } as const;
  if (answer.headers.get("signature-input") !== `sig1=${list}` || !verify("sha256", covered, gateway, proof)) {
    throw new Error("the gateway did not sign this answer for this question");
  }
  return JSON.parse(received.toString()) as Answered | Refused;
}

const record: components["schemas"]["RecordRequest"] = JSON.parse(readFileSync(0, "utf8"));
const told = await post("/v1/disclosures", record);
if ("code" in told) {
  console.log(JSON.stringify({ code: told.code, reasons: told.reasons?.map((reason) => reason.title.fr) }));
} else {
  const withheld = told.withheld.map((item) => ({ element: item.element, records: item.records ?? null }));
  console.log(JSON.stringify({ records: told.records, withheld, entry: told.entry_index, next: told.next_cursor }));
}
