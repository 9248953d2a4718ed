// Asks a gateway one question, JSON on standard input, and prints the answer once its signature is verified.
// java Client.java ORIGIN partner.pem KEYID GATEWAY_THUMBPRINT < question.json
import java.math.BigInteger;
import java.net.URI;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.spec.*;
import java.time.Instant;
import java.util.*;
import java.util.regex.*;

public class Client {
    static final String ASKED = "(\"@method\" \"@target-uri\" \"content-type\" \"content-digest\" \"idempotency-key\")";
    static final String ANSWERED = "(\"@status\" \"content-type\" \"content-digest\" \"@method\";req \"@target-uri\";req"
            + " \"content-digest\";req \"signature\";req;key=\"sig1\" \"signature-input\";req;key=\"sig1\")";
    static final String STAMP = ";created=%s;expires=%s%s;alg=\"ecdsa-p256-sha256\";keyid=\"%s\";tag=\"isa-gateway-v1\"";
    static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    static byte[] hash(byte[] data) throws Exception { return MessageDigest.getInstance("SHA-256").digest(data); }
    static String encoded(byte[] data) { return ":" + Base64.getEncoder().encodeToString(data) + ":"; }

    /** What is signed: a line for each component of the list, then the list with its parameters. */
    static byte[] base(String list, String parameters, Object... values) {
        var text = new StringBuilder();
        var names = list.substring(1, list.length() - 1).split(" ");
        for (int place = 0; place < names.length; place++) text.append(names[place] + ": " + values[place] + "\n");
        return (text + "\"@signature-params\": " + list + parameters).getBytes(StandardCharsets.UTF_8);
    }

    /** The published key with the RFC 7638 thumbprint that came with the contract. */
    static PublicKey gatewayKey(HttpClient http, String origin, String pin) throws Exception {
        var published = http.send(HttpRequest.newBuilder(URI.create(origin + "/.well-known/jwks.json")).build(), HttpResponse.BodyHandlers.ofString());
        var curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        for (var key : published.body().split("}")) {
            var x = Pattern.compile("\"x\":\\s*\"([\\w-]+)\"").matcher(key);
            var y = Pattern.compile("\"y\":\\s*\"([\\w-]+)\"").matcher(key);
            if (!x.find() || !y.find()) continue;
            var members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x.group(1) + "\",\"y\":\"" + y.group(1) + "\"}";
            if (!URL_SAFE.encodeToString(hash(members.getBytes())).equals(pin)) continue;
            var point = new ECPoint(new BigInteger(1, Base64.getUrlDecoder().decode(x.group(1))), new BigInteger(1, Base64.getUrlDecoder().decode(y.group(1))));
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
        }
        throw new SecurityException("the gateway does not publish the key of the contract");
    }

    public static void main(String[] arguments) throws Exception {
        String origin = arguments[0], pin = arguments[3], target = origin + "/v1/disclosures";
        var pem = Files.readString(Path.of(arguments[1])).replaceAll("-----[A-Z ]+-----|\\s", "");
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");

        // The question, signed.
        var body = System.in.readAllBytes();
        String digest = "sha-256=" + encoded(hash(body)), once = UUID.randomUUID().toString();
        var random = new byte[16];
        new SecureRandom().nextBytes(random);
        long now = Instant.now().getEpochSecond();
        var parameters = STAMP.formatted(now, now + 60, ";nonce=\"" + URL_SAFE.encodeToString(random) + "\"", arguments[2]);
        ecdsa.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
        ecdsa.update(base(ASKED, parameters, "POST", target, "application/json", digest, once));
        var signature = encoded(ecdsa.sign());
        var request = HttpRequest.newBuilder(URI.create(target)).POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .headers("Content-Type", "application/json", "Content-Digest", digest, "Idempotency-Key", once,
                        "Signature-Input", "sig1=" + ASKED + parameters, "Signature", "sig1=" + signature).build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());

        // The answer: signed by the key of the contract, for this very question, now, over these bytes.
        var given = answer.headers().firstValue("signature-input").orElse("").replace("sig1=" + ANSWERED, "");
        var times = Pattern.compile(";created=(\\d+);expires=(\\d+);.*").matcher(given);
        var proof = answer.headers().firstValue("signature").orElse("").replaceAll("^sig1=:|:$", "");
        ecdsa.initVerify(gatewayKey(http, origin, pin));
        ecdsa.update(base(ANSWERED, given, answer.statusCode(), answer.headers().firstValue("content-type").orElse(""),
                "sha-256=" + encoded(hash(answer.body())), "POST", target, digest, signature, ASKED + parameters));
        now = Instant.now().getEpochSecond();
        if (!times.matches() || !given.equals(STAMP.formatted(times.group(1), times.group(2), "", pin))
                || Long.parseLong(times.group(1)) > now + 10 || Long.parseLong(times.group(1)) < now - 60 || Long.parseLong(times.group(2)) < now
                || !ecdsa.verify(Base64.getDecoder().decode(proof)))
            throw new SecurityException("the gateway did not sign this answer for this question");
        System.err.println(answer.statusCode());
        System.out.write(answer.body());
        System.out.flush();
    }
}
