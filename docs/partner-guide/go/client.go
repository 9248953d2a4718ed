// Asks a gateway one question, JSON on standard input, and prints the answer once its signature is verified.
// go run client.go ORIGIN partner.pem KEYID GATEWAY_THUMBPRINT < question.json
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net/http"
	"os"
	"strings"
	"time"
)

const (
	asked    = `("@method" "@target-uri" "content-type" "content-digest" "idempotency-key")`
	answered = `("@status" "content-type" "content-digest" "@method";req "@target-uri";req "content-digest";req ` +
		`"signature";req;key="sig1" "signature-input";req;key="sig1")`
	stamp = `;created=%d;expires=%d%s;alg="ecdsa-p256-sha256";keyid="%s";tag="isa-gateway-v1"`
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func hash(text []byte) []byte {
	sum := sha256.Sum256(text)
	return sum[:]
}

func encoded(data []byte) string { return ":" + base64.StdEncoding.EncodeToString(data) + ":" }

// base gives the hash of what is signed: a line for each component of the list, then the list with its parameters.
func base(list, parameters string, values ...string) []byte {
	var text strings.Builder
	for place, name := range strings.Fields(strings.Trim(list, "()")) {
		fmt.Fprintf(&text, "%s: %s\n", name, values[place])
	}
	return hash([]byte(text.String() + `"@signature-params": ` + list + parameters))
}

// gatewayKey is the published key with the RFC 7638 thumbprint that came with the contract.
func gatewayKey(origin, pin string) *ecdsa.PublicKey {
	var published struct {
		Keys []struct{ Crv, Kty, X, Y string }
	}
	must(0, json.NewDecoder(must(http.Get(origin+"/.well-known/jwks.json")).Body).Decode(&published))
	for _, key := range published.Keys {
		sum := hash(fmt.Appendf(nil, `{"crv":"%s","kty":"%s","x":"%s","y":"%s"}`, key.Crv, key.Kty, key.X, key.Y))
		if base64.RawURLEncoding.EncodeToString(sum) == pin {
			x, y := must(base64.RawURLEncoding.DecodeString(key.X)), must(base64.RawURLEncoding.DecodeString(key.Y))
			return must(ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...)))
		}
	}
	log.Fatal("the gateway does not publish the key of the contract")
	return nil
}

func main() {
	origin, keyID, pin, target := os.Args[1], os.Args[3], os.Args[4], os.Args[1]+"/v1/disclosures"
	block, _ := pem.Decode(must(os.ReadFile(os.Args[2])))
	key := must(x509.ParsePKCS8PrivateKey(block.Bytes)).(*ecdsa.PrivateKey)

	// The question, signed.
	body, now, once := must(io.ReadAll(os.Stdin)), time.Now().Unix(), rand.Text()
	digest := "sha-256=" + encoded(hash(body))
	nonce := fmt.Sprintf(`;nonce="%s"`, rand.Text()+rand.Text())
	parameters := fmt.Sprintf(stamp, now, now+60, nonce, keyID)
	r, s, err := ecdsa.Sign(rand.Reader, key, base(asked, parameters, "POST", target, "application/json", digest, once))
	must(0, err)
	signature := encoded(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
	request := must(http.NewRequest("POST", target, bytes.NewReader(body)))
	request.Header = http.Header{"Content-Type": {"application/json"}, "Content-Digest": {digest}, "Idempotency-Key": {once},
		"Signature-Input": {"sig1=" + asked + parameters}, "Signature": {"sig1=" + signature}}
	answer := must(http.DefaultTransport.RoundTrip(request))
	received := must(io.ReadAll(answer.Body))

	// The answer: signed by the key of the contract, for this very question, now, over these bytes.
	var from, until int64
	given, found := strings.CutPrefix(answer.Header.Get("Signature-Input"), "sig1="+answered)
	fmt.Sscanf(given, ";created=%d;expires=%d", &from, &until)
	check := base(answered, given, fmt.Sprint(answer.StatusCode), answer.Header.Get("Content-Type"),
		"sha-256="+encoded(hash(received)), "POST", target, digest, signature, asked+parameters)
	proof, _ := base64.StdEncoding.DecodeString(strings.Trim(strings.TrimPrefix(answer.Header.Get("Signature"), "sig1="), ":"))
	now = time.Now().Unix()
	if !found || given != fmt.Sprintf(stamp, from, until, "", pin) || from > now+10 || from < now-60 || until < now || len(proof) != 64 ||
		!ecdsa.Verify(gatewayKey(origin, pin), check, new(big.Int).SetBytes(proof[:32]), new(big.Int).SetBytes(proof[32:])) {
		log.Fatal("the gateway did not sign this answer for this question")
	}
	fmt.Fprintln(os.Stderr, answer.StatusCode)
	os.Stdout.Write(received)
}
