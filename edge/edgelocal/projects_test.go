package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A played is a project below testdata whose requests are sent through the command.
type played struct {
	file  string // of the requests
	needs string // a program
	asks  string // the origins for which a server stands that says what it was asked
	args  string
}

func playedProjects() []played {
	return []played{
		{file: "node/site.requests", needs: "node"},
		{file: "python/pages.requests", needs: "python3"},
		{file: "template/pages.requests", needs: "node"},
		{file: "terraform/site.requests", needs: "node"},
		{file: "terraform-module/site.requests", needs: "node", asks: "api"},
		{file: "terraform-state/site.requests", needs: "python3"},

		{file: "sam-rewrite/site.requests", needs: "node"},
		{file: "sam-globals/app.requests", needs: "node", asks: "template-origin", args: "-parameter Stage=prod"},
		{file: "sam-python/app.requests", needs: "python3", asks: "app"},
		{file: "sam-api/api.requests", asks: "rest http url"},

		{file: "cfn-inline/site.requests", needs: "node"},
		{file: "cfn-conditions/site.requests", needs: "node"},
		{file: "cfn-website/site.requests", args: "-distribution Distribution"},
		{file: "cfn-website/apex.requests", args: "-distribution Redirects"},
		{file: "cfn-functions/app.requests", needs: "node", asks: "app"},
		{file: "cfn-signed/film.requests"},
		{file: "cfn-group/site.requests", asks: "app", args: "-parameter Codes=403,404"},
		{file: "cfn-package/o.requests", needs: "node", asks: "o"},
		{file: "cfn-url/app.requests", asks: "app"},
		{file: "cfn-nested/site.requests", needs: "node", args: "-config main.yaml"},
		{file: "cfn-json/site.requests", needs: "node", asks: "site"},

		{file: "sam-spa/app.requests", asks: "api"},
		{file: "sam-images/pictures.requests", needs: "node"},
		{file: "cfn-abtest/site.requests", needs: "python3"},
		{file: "cfn-cookies/members.requests"},
		{file: "cfn-imports/shop.requests", needs: "python3", asks: "shop"},
		{file: "cfn-maintenance/closed.requests", needs: "node", asks: "app"},
		{file: "cfn-maintenance/open.requests", asks: "app", args: "-parameter Closed=no"},
		{file: "cfn-nextjs/app.requests", needs: "node", asks: "server"},
		{file: "cfn-wordpress/blog.requests", asks: "servers"},
		{file: "cfn-www/site.requests", needs: "node"},
		{file: "cdk-pipelines/site.requests", needs: "node", args: "-config cdk.out/assembly-Pipeline-Prod/PipelineProdSite.template.json"},
		{file: "sls-resources/shop.requests", needs: "node", asks: "api"},

		{file: "sls-plugin/site.requests", needs: "node"},
		{file: "sls-files/site.requests", needs: "node", asks: "api page"},
		{file: "sls-events/site.requests", needs: "node", asks: "api"},

		{file: "cdk-typescript/site.requests", needs: "node", asks: "SiteDOrigin298FF7D90"},
		{file: "cdk-references/site.requests", needs: "node", asks: "SiteDOrigin298FF7D90 SiteDOrigin37EBAD32C", args: "-config cdk.out/Site.template.json"},
		{file: "cdk-references/same.requests", needs: "node", asks: "SameD2Origin1A7C06D1C", args: "-config cdk.out/Same.template.json"},
		{file: "cdk-python/site.requests", needs: "python3"},
	}
}

// TestProjects: each project of testdata is read and served by the command, and its requests are answered as it says.
func TestProjects(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(repeat))
	t.Cleanup(server.Close)
	files, _ := filepath.Glob("testdata/*/*.requests")
	files = slices.DeleteFunc(files, func(f string) bool { return strings.Contains(f, "cdkapp") }) // TestCDK plays it
	for _, p := range playedProjects() {
		files = slices.DeleteFunc(files, func(f string) bool { return f == filepath.Join("testdata", filepath.FromSlash(p.file)) })
		t.Run(p.file, func(t *testing.T) {
			t.Parallel()
			need(t, p.needs)
			project, file, _ := strings.Cut(p.file, "/")
			args := append([]string{"test", file}, strings.Fields(p.args)...)
			for _, origin := range strings.Fields(p.asks) {
				args = append(args, "-env", origin+"="+server.URL)
			}
			if status, stdout, stderr := inFolder(t, filepath.Join("testdata", project), args...); status != exitOK {
				t.Errorf("got status %d, want %d:\n%s%s", status, exitOK, stdout, stderr)
			}
		})
	}
	files = slices.DeleteFunc(files, func(f string) bool { return strings.Contains(f, "cdkapp") }) // TestCDK plays it
	if len(files) > 0 {
		t.Errorf("not played: %q", files)
	}
	folders, _ := filepath.Glob("testdata/*")
	for _, folder := range folders {
		if files, _ := filepath.Glob(folder + "/*.requests"); len(files) == 0 {
			t.Errorf("%s has no requests", folder)
		}
	}
}

// repeat answers with what it was asked, with the status that a path such as /status/404 ends in.
func repeat(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	if status, err := strconv.Atoi(path.Base(r.URL.Path)); err == nil && status >= 200 && status <= 599 {
		w.WriteHeader(status)
	}
	fmt.Fprintf(w, "%s %s\n", r.Method, r.URL.RequestURI())
	r.Header.Write(w)
	io.Copy(w, r.Body)
}
