package signedurl_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"flag"
	"os"
	"os/exec"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// libraryVersion is that of npm's @aws-sdk/cloudfront-signer, AWS's own.
const libraryVersion = "3.1166.0"

var update = flag.Bool("update", false, "write what AWS's library signs to testdata")

// table is what AWS's library signed once, with keys whose private halves nobody has any more.
const table = "testdata/cloudfront-signer.json"

// A record is what AWS's library gave.
type record struct {
	Version string                     `json:"version"`
	Keys    map[string]string          `json:"keys"` // public, PEM
	Signed  map[string]json.RawMessage `json:"signed"`
}

// TestTable holds the simulator to what AWS's library signed: all of it is let in, and nothing that is changed in any
// way.
func TestTable(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	var r record
	if err := json.Unmarshal(file, &r); err != nil {
		t.Fatal(err)
	}
	if r.Version != libraryVersion {
		t.Errorf("the table is of version %s, want %s", r.Version, libraryVersion)
	}
	r.judge(t)
}

// TestLibrary does the same with AWS's library as it is installed, with new keys.
func TestLibrary(t *testing.T) {
	t.Parallel()
	dir := library(t)
	keys := map[string]crypto.Signer{}
	var err error
	if keys["rsa"], err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		t.Fatal(err)
	}
	if keys["ec"], err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	type call struct {
		Name    string         `json:"name"`
		Cookies bool           `json:"cookies"`
		Key     string         `json:"key"`
		Args    map[string]any `json:"args"`
	}
	var in struct {
		Keys  map[string]string `json:"keys"`
		Calls []call            `json:"calls"`
	}
	in.Keys = map[string]string{}
	public := map[string]string{}
	for name, key := range keys {
		private, _ := x509.MarshalPKCS8PrivateKey(key)
		in.Keys[name] = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
		open, _ := x509.MarshalPKIXPublicKey(key.Public())
		public[name] = string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: open}))
	}
	for _, row := range rows() {
		in.Calls = append(in.Calls, call{row.name, row.cookies, row.key, row.args})
	}
	input, _ := json.Marshal(in)
	cmd := exec.Command("node", "testdata/sign.mjs", dir)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), t.Output()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var r record
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatal(err)
	}
	r.Keys = public
	if *update {
		text, _ := json.MarshalIndent(r, "", "\t")
		if err := os.WriteFile(table, append(text, '\n'), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r.judge(t)
}

// library is where AWS's library is installed.
func library(t *testing.T) string {
	if dir := os.Getenv("LAMBDAEDGE_CLOUDFRONT_SIGNER"); dir != "" {
		return dir
	}
	message := "AWS's library is not here: npm install --prefix DIR @aws-sdk/cloudfront-signer@" + libraryVersion +
		" installs it, and LAMBDAEDGE_CLOUDFRONT_SIGNER=DIR says where. What it signed once is in TestTable."
	if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
		t.Fatal(message)
	}
	t.Skip(message)
	return ""
}

// groups trusts the public keys of a record.
func (r *record) groups(t *testing.T) []edgesim.KeyGroup {
	var group edgesim.KeyGroup
	for name, id := range map[string]string{"rsa": "KRSAEXAMPLE", "ec": "KECEXAMPLE"} {
		key, err := edgesim.ParsePublicKey(id, []byte(r.Keys[name]))
		if err != nil {
			t.Fatal(err)
		}
		group.Keys = append(group.Keys, key)
	}
	return []edgesim.KeyGroup{group}
}
