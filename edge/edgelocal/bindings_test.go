package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// publicKey is one whose private half nobody has any more.
const publicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEE14gwighlUrh5OLLJJA1V34sfdNF
CvIFq3BhsJ2hYXy4EB4q34XScnNZFTPDnAOHAVJd9dA6TTCptgM77qZ39w==
-----END PUBLIC KEY-----
`

// bare is a distribution's configuration with more members of its behaviour.
func bare(behavior string) string {
	return `{"Origins": [{"Id": "app", "DomainName": "app.example.com", "CustomOriginConfig": {}}],
		"DefaultCacheBehavior": {"TargetOriginId": "app", "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", ` + behavior + `}}`
}

// TestKeysAndStores: what of key groups, CloudFront Functions and their stores is not in a configuration can be bound, and what of it does not
// work is said once, with the way out.
func TestKeysAndStores(t *testing.T) {
	t.Parallel()
	const (
		signed  = `"TrustedKeyGroups": ["g1"]`
		arn     = "arn:aws:cloudfront::123456789012:function/pages"
		pages   = `"FunctionAssociations": [{"EventType": "viewer-request", "FunctionARN": "` + arn + `"}]`
		source  = "import cf from 'cloudfront';\nasync function handler(event) { const r = event.request; r.uri = await cf.kvs().get('to'); return r; }"
		nowhere = "edgelocal: distribution.json: DefaultCacheBehavior.TrustedKeyGroups: the public keys of key group g1 are not known: CloudFront answers 403 to what none of the groups signed; " +
			"where no key at all is known, requests are served here without: say which key it is, with -env 'g1=KEYID.pem' or under keyGroups in edgelocal.yaml; " +
			`"aws cloudfront get-key-group --id g1" and get-public-key print those that are deployed; "edgelocal sign -new-key demo.pem" makes one for this machine`
		noCode = "edgelocal: distribution.json: DefaultCacheBehavior.FunctionAssociations[0]: viewer-request: the code of the CloudFront Function pages is not known: " +
			"it does not run, and requests pass: say which file it is, with -env 'pages=FILE.js' or under functions in edgelocal.yaml"
		at = "edgelocal: distribution.json: DefaultCacheBehavior.FunctionAssociations[0]: "
	)
	tests := map[string]struct {
		needs  string
		config string
		files  map[string]string
		args   []string
		status int
		stdout []string // lines that are among those written
		stderr string   // all of it
	}{
		"a group that nothing is known of": {"", signed, nil, nil, exitWrong, nil, nowhere},
		"a key by flag":                    {"", signed, map[string]string{"K1.pem": publicKey}, []string{"-env", "g1=K1.pem"}, exitOK, []string{"    signed requests    g1: K1"}, ""},
		"a key by settings":                {"", signed, map[string]string{"K1.pem": publicKey, "edgelocal.yaml": "keyGroups:\n  g1: K1.pem\n"}, nil, exitOK, []string{"    signed requests    g1: K1"}, ""},
		"keys with ids": {"", signed, map[string]string{"a.pem": publicKey, "edgelocal.yaml": "keyGroups:\n  \"*\":\n    K1: a.pem\n    K2: a.pem\n"}, nil, exitOK,
			[]string{"    signed requests    g1: K1, K2"}, ""},
		"a signer": {"", `"TrustedSigners": ["self"]`, nil, nil, exitWrong, nil,
			strings.NewReplacer("TrustedKeyGroups", "TrustedSigners", "key group g1", "the trusted signer self", "g1", "self",
				`"aws cloudfront get-key-group --id g1" and get-public-key print those that are deployed`, "they are those that the account has uploaded").Replace(nowhere)},
		"a key that is none": {"", signed, map[string]string{"K1.pem": "hello"}, []string{"-env", "g1=K1.pem"}, exitWrong, nil,
			"edgelocal: K1.pem: the key K1 of key group g1: not PEM: want a text with the line -----BEGIN PUBLIC KEY-----: nothing that it signs is let in"},
		"a certificate for a key": {"", signed, map[string]string{"K1.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}, []string{"-env", "g1=K1.pem"}, exitWrong, nil,
			`edgelocal: K1.pem: the key K1 of key group g1: a "CERTIFICATE": want a PUBLIC KEY; openssl pkey -in private_key.pem -pubout gives that of a private key: nothing that it signs is let in`},
		"a key that is not there": {"", signed, nil, []string{"-env", "g1=K1.pem"}, exitWrong, nil,
			"edgelocal: K1.pem: the key K1 of key group g1: there is no such file: nothing that it signs is let in"},
		"a key for a group that is not there": {"", signed, map[string]string{"K1.pem": publicKey}, []string{"-env", "g1=K1.pem", "-env", "g2=K1.pem"}, exitWrong, nil,
			`edgelocal: distribution.json: "g2" is said to stand for something, and nothing has that name or needs it: the origins are app; key groups are g1; functions are bound by ARN, name (there is none here) or trigger`},

		"a function without code":      {"node", pages, nil, nil, exitWrong, nil, noCode},
		"its code by name":             {"node", pages, map[string]string{"functions/pages.js": source}, []string{"-env", "pages=kv.json"}, exitWrong, []string{"    viewer-request     pages: a CloudFront Function"}, at + "key value store pages: kv.json: there is no such file: it is empty here"},
		"a store":                      {"node", pages, map[string]string{"pages.js": source, "kv.json": `{"data": [{"key": "to", "value": "/x"}]}`}, []string{"-env", "pages=kv.json"}, exitOK, nil, ""},
		"a store as it is listed":      {"node", pages, map[string]string{"pages.js": source, "kv.json": `{"Items": [{"Key": "to", "Value": "/x"}]}`, "edgelocal.yaml": "keyValueStores:\n  pages: kv.json\n"}, nil, exitOK, nil, ""},
		"code with a mistake":          {"node", pages, map[string]string{"pages.js": "function handler(event) { return event.request;"}, nil, exitWrong, nil, at + "CloudFront Function pages: SyntaxError: Unexpected end of input (pages.js:1): it does not run, and requests pass"},
		"code that is not there":       {"node", pages, nil, []string{"-env", "pages=x.js"}, exitWrong, nil, at + "CloudFront Function pages: x.js: no such file or directory: it does not run, and requests pass"},
		"code that is too long":        {"node", pages, map[string]string{"pages.js": "//" + strings.Repeat("x", 10240)}, nil, exitWrong, nil, at + "CloudFront Function pages: the source has 10242 bytes, 1 to 10240 are allowed; put data into a key value store: it does not run, and requests pass"},
		"code without a handler":       {"node", pages, map[string]string{"pages.js": "var a = 1;"}, nil, exitWrong, nil, at + "CloudFront Function pages: ReferenceError: there is no function named handler: it does not run, and requests pass"},
		"a runtime that is none":       {"node", pages, map[string]string{"pages.js": source, "edgelocal.yaml": "functions:\n  pages:\n    code: pages.js\n    runtime: nodejs22.x\n"}, nil, exitWrong, nil, at + `CloudFront Function pages: runtime: got "nodejs22.x", want "cloudfront-js-2.0" or "cloudfront-js-1.0": it does not run, and requests pass`},
		"a store that nothing asks of": {"", signed, map[string]string{"K1.pem": publicKey, "kv.json": "{}"}, []string{"-env", "g1=K1.pem", "-env", "redirects=kv.json"}, exitWrong, nil, `edgelocal: distribution.json: "redirects" is said to stand for something, and nothing has that name or needs it: the origins are app; key groups are g1; functions are bound by ARN, name (there is none here) or trigger`},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			need(t, tc.needs)
			dir := copied(t, "", tc.files)
			if err := os.WriteFile(filepath.Join(dir, "distribution.json"), []byte(bare(tc.config)), 0o600); err != nil {
				t.Fatal(err)
			}
			status, stdout, stderr := inFolder(t, dir, append(tc.args, "-check")...)
			if status != tc.status {
				t.Errorf("got status %d, want %d", status, tc.status)
			}
			wantLines(t, "stdout", stdout, tc.stdout)
			if diff := cmp.Diff(tc.stderr, strings.TrimSuffix(stderr, "\n")); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
			if strings.Contains(stdout, "Bindings") || strings.Contains(stdout, "does not run") {
				t.Errorf("said twice: %s", stdout)
			}
		})
	}
}

// TestReadStore: the forms of a store's file, and why one is none.
func TestReadStore(t *testing.T) {
	t.Parallel()
	const form = `; want {"data": [{"key": "...", "value": "..."}]}`
	dir := copied(t, "", map[string]string{"folder.json/a": "a"})
	tests := map[string]struct{ content, want string }{
		"as AWS imports it":  {`{"data": [{"key": "to", "value": "/x"}]}`, ""},
		"as it is listed":    {`{"Items": [{"Key": "to", "Value": "/x"}], "NextToken": null}`, ""},
		"byte order mark":    {"\ufeff" + `{"data": [{"key": "to", "value": "/x"}]}`, ""},
		"an empty list":      {`{"Items": []}`, ""},
		"no JSON":            {"{\n\"data\": }", "line 2: no JSON: invalid character '}' looking for beginning of value" + form},
		"an empty file":      {" ", "line 1: no JSON: unexpected end of JSON input" + form},
		"another form":       {`{"to": "/x"}`, "no data" + form},
		"a list":             {`[]`, "the file: got a JSON array" + form},
		"numbers":            {`{"data": [{"key": "to", "value": 1}]}`, "data.value: got a JSON number" + form},
		"no value":           {`{"data": [{"key": "to"}]}`, "data[0]: key and value have to be strings"},
		"a key twice":        {`{"data": [{"key": "to", "value": ""}, {"key": "to", "value": ""}]}`, `data[1]: a second value for the key "to"`},
		"too large":          {strings.Repeat("x", 5<<20+1), "the file has 5242881 bytes, 5242880 are allowed"},
		"a value too long":   {`{"data": [{"key": "to", "value": "` + strings.Repeat("x", 1025) + `"}]}`, `data[0]: the value of the key "to" has 1025 characters, 1024 are allowed`},
		"several, each said": {`{"data": [{"key": ""}, {"key": "", "value": ""}]}`, "data[0]: key and value have to be strings\ndata[1]: the key has 0 characters, 1 to 512 are allowed"},
	}
	for name, tc := range tests {
		file := filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".json")
		if err := os.WriteFile(file, []byte(tc.content), 0o600); err != nil {
			t.Fatal(err)
		}
		got := ""
		if _, err := readStore(file); err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%s: got %q, want %q", name, got, tc.want)
		}
	}
	for file, want := range map[string]string{"none.json": "there is no such file", "folder.json": "a folder: want a file in it"} {
		if _, err := readStore(filepath.Join(dir, file)); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", file, err, want)
		}
	}
}
