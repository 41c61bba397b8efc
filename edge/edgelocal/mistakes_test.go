package main

import (
	"encoding/binary"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

// mistaken is a template with a mistake in everything but the bucket's behaviour.
const mistaken = `
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - {Id: site, DomainName: site.s3.us-east-1.amazonaws.com, S3OriginConfig: {}}
          - {Id: app, DomainName: !ImportValue app-host, CustomOriginConfig: {OriginProtocolPolicy: https-only}}
        DefaultCacheBehavior: {TargetOriginId: site, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
        CacheBehaviors:
          - {PathPattern: /app/*, TargetOriginId: app, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
          - {PathPattern: /app/*, TargetOriginId: site, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}
          - PathPattern: /film/*
            TargetOriginId: site
            ViewerProtocolPolicy: allow-all
            CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad
            TrustedKeyGroups: [!Ref Group]
            LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: !Ref Version}]
            FunctionAssociations: [{EventType: viewer-request, FunctionARN: !GetAtt Pages.FunctionARN}]
  Key: {Type: AWS::CloudFront::PublicKey, Properties: {PublicKeyConfig: {CallerReference: k, Name: k, EncodedKey: hello}}}
  Group: {Type: AWS::CloudFront::KeyGroup, Properties: {KeyGroupConfig: {Name: media, Items: [!Ref Key]}}}
  Store: {Type: AWS::CloudFront::KeyValueStore, Properties: {Name: redirects}}
  Pages:
    Type: AWS::CloudFront::Function
    Properties:
      Name: pages
      AutoPublish: true
      FunctionCode: "function handler(event) { return event.request; }"
      FunctionConfig: {Comment: c, Runtime: cloudfront-js-2.0, KeyValueStoreAssociations: [{KeyValueStoreARN: !GetAtt Store.Arn}]}
  Edge: {Type: AWS::Serverless::Function, Properties: {FunctionName: edge, CodeUri: edge/, Handler: index.handler, Runtime: nodejs22.x}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Edge}}
`

// TestMistakesAtOnce: each of them is said with its file and place, with the way out, and the rest is served.
func TestMistakesAtOnce(t *testing.T) {
	t.Parallel()
	need(t, "node")
	dir := copied(t, "", map[string]string{"template.yaml": mistaken, "site/index.html": "hello", "redirects.json": "{\"data\": [}"})
	status, stdout, stderr := inFolder(t, dir, "-check", "-env", "redirects=redirects.json")
	if status != exitWrong {
		t.Errorf("got status %d, want %d", status, exitWrong)
	}
	wantLines(t, "stdout", stdout, []string{
		"  /film/*              from site", "    origin-request     edge: edge, which cannot run",
		"  template.yaml:9: Resources.Site.Properties.DistributionConfig.Origins[1].DomainName: !ImportValue app-host: the output of another stack, which is not in this folder",
	})
	const want = `edgelocal: template.yaml: CacheBehaviors[2].FunctionAssociations[0]: key value store redirects: redirects.json: line 1: no JSON: invalid character '}' looking for beginning of value; want {"data": [{"key": "...", "value": "..."}]}: it is empty here
edgelocal: template.yaml: CacheBehaviors[2].LambdaFunctionAssociations[0]: origin-request: function edge: there is no edge
edgelocal: template.yaml: CacheBehaviors[2].TrustedKeyGroups: the public keys of key group Group are not known: CloudFront answers 403 to what none of the groups signed; where no key at all is known, requests are served here without: say which key it is, with -env 'Group=KEYID.pem' or under keyGroups in edgelocal.yaml; "aws cloudfront get-key-group --id Group" and get-public-key print those that are deployed; "edgelocal sign -new-key demo.pem" makes one for this machine
edgelocal: template.yaml: Origins[1]: origin "app" cannot be reached from here: say which folder or server stands for it, with -env 'app=http://localhost:3000' or in edgelocal.yaml
edgelocal: template.yaml:21: Resources.Key.Properties.PublicKeyConfig.EncodedKey: key group media: public key Key: not PEM: want a text with the line -----BEGIN PUBLIC KEY-----
edgelocal: template.yaml:31: function edge: edge: not there: build it, or bind the function's ARN or name to its code
edgelocal: template.yaml: CacheBehaviors[1]: serves nothing: CacheBehaviors[0] has the pattern "/app/*" too and comes before it: take one of them away
`
	if diff := cmp.Diff(want, stderr); diff != "" {
		t.Errorf("stderr (-want +got):\n%s", diff)
	}
	taken, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	r := start(t, dir, "-console", taken.Addr().String())
	defer r.stop()
	base := r.line("serving on ")
	if rest := r.line("edgelocal: -console " + taken.Addr().String()); !strings.HasPrefix(rest, ": the port is taken") || !strings.HasSuffix(rest, "there is no console") {
		t.Errorf("got %q", rest)
	}
	for path, begin := range map[string]string{"/index.html": "200 Miss from cloudfront hello", "/app/x": "502", "/film/a": "503 LambdaExecutionError"} {
		if got := get(t, base+path); !strings.HasPrefix(got, begin) {
			t.Errorf("%s: got %q, want %q", path, got, begin)
		}
	}
}

// TestStaging: of a distribution and its staging distribution the first is served, and which requests the other gets at CloudFront is said.
func TestStaging(t *testing.T) {
	t.Parallel()
	const config = "{Enabled: true, Origins: [{Id: app, DomainName: app.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}], " +
		"DefaultCacheBehavior: {TargetOriginId: app, ViewerProtocolPolicy: allow-all, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad}"
	const sent = "to the staging distribution Next (understanding-continuous-deployment.html); here every request is served by Site"
	for traffic, want := range map[string]string{
		"TrafficConfig: {Type: SingleHeader, SingleHeaderConfig: {Header: aws-cf-cd-next, Value: 'yes'}}": "CloudFront gives requests with the header aws-cf-cd-next: yes " + sent,
		"TrafficConfig: {Type: SingleWeight, SingleWeightConfig: {Weight: 0.05}}":                         "CloudFront gives the share 0.05 of all requests " + sent,
		"SingleHeaderPolicyConfig: {Header: aws-cf-cd-next, Value: 'yes'}":                                "CloudFront gives requests with the header aws-cf-cd-next: yes " + sent,
	} {
		dir := copied(t, "", map[string]string{"template.yaml": "Resources:\n" +
			"  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: " + config + ", ContinuousDeploymentPolicyId: !Ref Policy}}}\n" +
			"  Next: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: " + config + ", Staging: true}}}\n" +
			"  Policy: {Type: AWS::CloudFront::ContinuousDeploymentPolicy, Properties: {ContinuousDeploymentPolicyConfig: {Enabled: true, StagingDistributionDnsNames: [!GetAtt Next.DomainName], " + traffic + "}}}\n"})
		status, stdout, stderr := inFolder(t, dir, "-check")
		if status != exitOK || stderr != "" {
			t.Errorf("got %d %q", status, stderr)
		}
		wantLines(t, "stdout", stdout, []string{"  template.yaml:4: Resources.Policy: " + want})
		if status, stdout, _ := inFolder(t, dir, "-check", "-distribution", "Next"); status != exitOK || !strings.Contains(stdout, "  Staging: every request is served") {
			t.Errorf("-distribution Next: got %d %s", status, stdout)
		}
	}
}

// pages is a configuration that needs nothing but a folder.
var pages = strings.Replace(bare(`"ViewerProtocolPolicy": "allow-all"`), `"CustomOriginConfig": {}`, `"S3OriginConfig": {}`, 1)

// TestFiles: files of other forms and encodings, and what is no file; the text is all of stderr, or its beginning when it ends in "...".
func TestFiles(t *testing.T) {
	t.Parallel()
	wide := func(order binary.AppendByteOrder, text string) string {
		var b []byte
		for _, unit := range append([]uint16{0xfeff}, utf16.Encode([]rune(text))...) {
			b = order.AppendUint16(b, unit)
		}
		return string(b)
	}
	const terraform = `want what "terraform plan -out tfplan && terraform show -json tfplan > site.tfplan.json" writes, or "terraform show -json > state.json"`
	tests := map[string]struct {
		file, content string
		args          string
		status        int
		stderr        string
	}{
		"byte order mark":                  {"distribution.json", "\ufeff" + pages, "-env app=.", exitOK, ""},
		"UTF-16, as PowerShell writes it":  {"distribution.json", wide(binary.LittleEndian, pages), "-env app=.", exitOK, ""},
		"UTF-16, big end first":            {"distribution.json", wide(binary.BigEndian, pages), "-env app=.", exitOK, ""},
		"CRLF":                             {"distribution.json", strings.ReplaceAll(pages, "\n", "\r\n"), "-env app=.", exitOK, ""},
		"an empty file":                    {"x.json", " ", "-config x.json", exitFailed, "edgelocal: x.json: the file is empty: want a template of..."},
		"an error page":                    {"x.json", "<html>", "-config x.json", exitFailed, "edgelocal: x.json:1: no JSON: invalid character '<' looking for beginning of value..."},
		"a template with tabs":             {"template.yaml", "Resources:\n\tD:\n\t\tType: AWS::CloudFront::Distribution\n", "", exitFailed, "edgelocal: template.yaml: yaml: line 2: found character that cannot start any token; line 2 is indented with a tab: YAML takes spaces"},
		"a comma too many":                 {"template.json", "{\n \"Resources\": {\n  \"D\": {\"Type\": \"AWS::CloudFront::Distribution\",}\n }\n}", "", exitFailed, "edgelocal: template.json: line 3: invalid character '}' looking for beginning of object key string"},
		"Terraform's source":               {"main.tf", `resource "aws_cloudfront_distribution" "site" {}`, "-config main.tf", exitFailed, "edgelocal: main.tf: Terraform's source: " + terraform},
		"Terraform's source, found":        {"main.tf", `resource "aws_cloudfront_distribution" "site" {}`, "", exitFailed, "edgelocal: no configuration in this folder (main.tf is none: " + terraform + "): want a template..."},
		"Terraform's plan":                 {"tfplan", "PK\x03\x04", "-config tfplan", exitFailed, "edgelocal: tfplan: a zip, or a plan of Terraform's as it is saved: " + terraform},
		"Terraform's state":                {"terraform.tfstate", `{"version": 4, "terraform_version": "1.9.0", "resources": []}`, "-config terraform.tfstate", exitFailed, "edgelocal: terraform.tfstate: a state of Terraform's as it is saved: " + terraform},
		"an app of CDK's":                  {"cdk.json", `{"app": "node app.js"}`, "", exitFailed, `edgelocal: no configuration in this folder (cdk.json is none: "cdk synth" makes one of the app in it): want a template...`},
		"an app of CDK's, named":           {"cdk.json", `{"app": "node app.js"}`, "-config cdk.json", exitFailed, `edgelocal: cdk.json: an app of CDK's: "cdk synth" writes its template into cdk.out`},
		"a list of distributions":          {"x.json", `{"DistributionList": {}}`, "-config x.json", exitFailed, `edgelocal: x.json: the list of an account's distributions: want the output of "aws cloudfront get-distribution-config --id ID"`},
		"settings with tabs":               {"edgelocal.yaml", "origins:\n\tapp: .\n", "-env app=.", exitWrong, "edgelocal: edgelocal.yaml: line 2: found character that cannot start any token; line 2 is indented with a tab: YAML takes spaces"},
		"settings that say it twice":       {"edgelocal.yaml", "origins:\n  app: .\n  app: ..\n", "", exitWrong, `edgelocal: edgelocal.yaml:3: origins: "app" is there already, in line 2: take one of them away`},
		"settings by another name":         {"edgelocal.yml", "origins:\n  app: .\n", "-env app=.", exitWrong, "edgelocal: edgelocal.yml: not read: call it edgelocal.yaml"},
		"settings that are a folder":       {"edgelocal.yaml/a", "a", "-env app=.", exitWrong, "edgelocal: edgelocal.yaml: a folder: want a file in it"},
		"settings that name no file":       {"edgelocal.yaml", "config: none.json\n", "", exitFailed, "edgelocal: edgelocal.yaml: config: there is no file none.json"},
		"a policy's file that is not here": {"edgelocal.yaml", "origins:\n  app: .\npolicies:\n  one: one.json\n", "", exitWrong, "edgelocal: edgelocal.yaml: policies: one: one.json: there is no such file..."},
		"a server without http":            {"a", "a", "-env app=localhost:3000", exitWrong, `edgelocal: distribution.json: Origins[0]: origin "app": there is no folder localhost:3000: a server is http://localhost:3000: it answers as an empty bucket`},
		"a server with a slash":            {"a", "a", "-env app=http://localhost:3000/", exitOK, ""},
		"a file for a folder":              {"a", "a", "-env app=a", exitWrong, `edgelocal: distribution.json: Origins[0]: origin "app": a is a file, want the folder that it is in: it answers as an empty bucket`},
		"a home folder":                    {"a", "a", "-env app=~/site", exitWrong, `edgelocal: distribution.json: Origins[0]: origin "app": there is no folder ~/site: the shell did not put your home folder in for ~: write $HOME: it answers as an empty bucket`},
		"two places for one name":          {"a", "a", "-env app=a -env app=b", exitFailed, `edgelocal: -env: got "app=b", app is given twice, before as "a": take one of them away...`},
		"an unknown of another type":       {"u.json", `{"HeadFillsByGet": "yes"}`, "-env app=. -unknowns u.json", exitWrong, "edgelocal: -unknowns u.json: HeadFillsByGet: got \"yes\", want true or false: the defaults are played"},
		"unknowns that are a list":         {"u.json", `[]`, "-env app=. -unknowns u.json", exitWrong, "edgelocal: -unknowns u.json: got a JSON array, want an object with names of settings, such as {\"HeadFillsByGet\": true}: the defaults are played"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{tc.file: tc.content}
			if tc.status != exitFailed && tc.file != "distribution.json" {
				files["distribution.json"] = pages
			}
			status, _, stderr := inFolder(t, copied(t, "", files), append(strings.Fields(tc.args), "-check")...)
			stderr = strings.TrimSuffix(stderr, "\n")
			begin, more := strings.CutSuffix(tc.stderr, "...")
			if status != tc.status || !more && stderr != tc.stderr || !strings.HasPrefix(stderr, begin) {
				t.Errorf("got %d %q, want %d %q", status, stderr, tc.status, tc.stderr)
			}
		})
	}
}

// TestLinks: a link to itself is said, one to nothing is passed over.
func TestLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, to := range map[string]string{"a.json": "b.json", "b.json": "a.json", "c.json": "nowhere"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	for args, want := range map[string]string{
		"-config a.json": "edgelocal: a.json: too many levels of symbolic links\n",
		"-config c.json": "edgelocal: c.json: there is no such file\n",
		"-check":         "edgelocal: no configuration in this folder: ",
	} {
		if status, _, stderr := inFolder(t, dir, strings.Fields(args)...); status != exitFailed || !strings.HasPrefix(stderr, want) {
			t.Errorf("%s: got %d %q, want %q", args, status, stderr, want)
		}
	}
}

// TestAddresses: what is no address for the site or the console is said before anything is served.
func TestAddresses(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	edgecli.Misuse(&text, "edgelocal", usage, errors.New("REASON"))
	usage := strings.TrimPrefix(text.String(), "edgelocal: REASON")
	tests := map[string]string{
		"-console 0.0.0.0:8081":               "-console 0.0.0.0:8081: the console shows what viewers send, cookies included, to this machine alone: want a loopback address such as localhost:8081, or off" + usage,
		"-console [::]:8081":                  "-console [::]:8081: the console shows what viewers send, cookies included, to this machine alone: want a loopback address such as localhost:8081, or off" + usage,
		"-console 8081":                       `-console: got "8081", want a colon before the port: localhost:8081, or off, or :8081` + usage,
		"-addr 8080":                          `-addr: got "8080", want a colon before the port: localhost:8080, or :8080` + usage,
		"-addr localhost":                     `-addr: got "localhost", want a host and a port from 0 to 65535: localhost:8080` + usage,
		"-addr localhost:99999":               `-addr: got "localhost:99999", want a host and a port from 0 to 65535: localhost:8080` + usage,
		"-addr localhost:8099 -console :8099": "-addr and -console are both localhost:8099: the console needs a port of its own, such as localhost:8081" + usage,
		"-addr 192.0.2.1:8099":                "-addr 192.0.2.1:8099: not an address of this machine: want one such as localhost:8080\n",
	}
	for args, want := range tests {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			dir := copied(t, "", map[string]string{"distribution.json": pages})
			status, _, stderr := inFolder(t, dir, strings.Fields("-env app=. "+args)...)
			if status != exitFailed || stderr != "edgelocal: "+want {
				t.Errorf("got %d %q, want %q", status, stderr, want)
			}
		})
	}
	taken, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	address := taken.Addr().String()
	status, _, stderr := inFolder(t, copied(t, "", map[string]string{"distribution.json": pages}), "-env", "app=.", "-addr", address)
	if want := "edgelocal: -addr " + address + ": the port is taken: choose another, or 0 for a free one, or end the program that has it\n"; status != exitFailed || stderr != want {
		t.Errorf("got %d %q, want %q", status, stderr, want)
	}
}
