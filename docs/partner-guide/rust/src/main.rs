// Asks a gateway one question, JSON on standard input, and prints the answer once its signature is verified.
// cargo run -- ORIGIN partner.pem KEYID GATEWAY_THUMBPRINT < question.json
use base64::prelude::*;
use httpsig::prelude::{message_component::*, *};
use sha2::{Digest, Sha256};
use std::{env, error::Error, fs, io, io::Read, io::Write, time::SystemTime};

const P256: AlgorithmName = AlgorithmName::EcdsaP256Sha256;
const ASKED: &str = r#"("@method" "@target-uri" "content-type" "content-digest" "idempotency-key")"#;
const ANSWERED: &str = r#"("@status" "content-type" "content-digest" "@method";req "@target-uri";req "content-digest";req "signature";req;key="sig1" "signature-input";req;key="sig1")"#;

fn digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", BASE64_STANDARD.encode(Sha256::digest(body)))
}

/// What is signed: a line for each component of the list, then the list with its parameters.
fn base(parameters: &HttpSignatureParams, list: &str, values: &[&str]) -> HttpSigResult<HttpSignatureBase> {
    let names = list.trim_matches(['(', ')']).split(' ');
    let lines: Result<Vec<_>, _> = names.zip(values).map(|(name, value)| HttpMessageComponent::try_from(format!("{name}: {value}").as_str())).collect();
    HttpSignatureBase::try_new(&lines?, parameters)
}

/// The published key with the RFC 7638 thumbprint that came with the contract.
fn gateway_key(origin: &str, pin: &str) -> Result<PublicKey, Box<dyn Error>> {
    let published = ureq::get(format!("{origin}/.well-known/jwks.json")).call()?.body_mut().read_to_string()?;
    for key in serde_json::from_str::<serde_json::Value>(&published)?["keys"].as_array().ok_or("no keys")? {
        let members = format!(r#"{{"crv":{},"kty":{},"x":{},"y":{}}}"#, key["crv"], key["kty"], key["x"], key["y"]);
        if BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(members)) == pin {
            let decoded = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap_or_default());
            return Ok(PublicKey::from_bytes(&P256, &[vec![4], decoded("x")?, decoded("y")?].concat())?);
        }
    }
    Err("the gateway does not publish the key of the contract".into())
}

fn main() -> Result<(), Box<dyn Error>> {
    let [origin, pem, keyid, pin] = &env::args().skip(1).collect::<Vec<_>>()[..] else { return Err("four arguments".into()) };
    let (target, mut body) = (format!("{origin}/v1/disclosures"), Vec::new());
    io::stdin().read_to_end(&mut body)?;

    // The question, signed.
    let mut parameters = HttpSignatureParams::try_from(ASKED)?;
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    parameters.set_created(now()).set_expires(now() + 60).set_random_nonce().set_alg(&P256).set_keyid(keyid).set_tag("isa-gateway-v1");
    let (sent_digest, once) = (digest(&body), parameters.nonce.clone().unwrap_or_default());
    let question = base(&parameters, ASKED, &["POST", &target, "application/json", &sent_digest, &once])?;
    let signed = question.build_signature_headers(&SecretKey::from_pem(&P256, &fs::read_to_string(pem)?)?, Some("sig1"))?;
    let (input, signature) = (signed.signature_input_header_value(), signed.signature_header_value());
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let request = agent.post(&target).header("content-type", "application/json").header("content-digest", &sent_digest);
    let mut answer = request.header("idempotency-key", &once).header("signature-input", &input).header("signature", &signature).send(&body)?;
    let received = answer.body_mut().read_to_vec()?;

    // The answer: signed by the key of the contract, for this very question, now, over these bytes.
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let found = HttpSignatureHeaders::try_parse(header("signature"), header("signature-input"))?;
    let given = found.get("sig1").filter(|_| found.len() == 1).ok_or("the answer is not signed")?;
    let (stamp, status) = (given.signature_params(), answer.status().as_u16().to_string());
    let (created, now) = (stamp.created.unwrap_or_default(), now());
    if stamp.tag.as_deref() != Some("isa-gateway-v1") || stamp.expires.is_none() || created > now + 10 || created + 60 < now {
        return Err("the answer is not signed for this profile and now".into());
    }
    let values = [&status, header("content-type"), &digest(&received), "POST", &target, &sent_digest, &signature["sig1=".len()..], &input["sig1=".len()..]];
    base(stamp, ANSWERED, &values)?.verify_signature_headers(&gateway_key(origin, pin)?, given)?;
    eprintln!("{status}");
    Ok(io::stdout().write_all(&received)?)
}
