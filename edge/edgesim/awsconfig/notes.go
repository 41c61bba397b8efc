package awsconfig

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// note says where CloudFront does something else than the simulator: at which place of the configuration, and what.
func (r *reader) note(format string, args ...any) {
	r.notes = append(r.notes, printable(fmt.Sprintf(format, args...)))
}

// wrong says why the configuration cannot be read.
func (r *reader) wrong(format string, args ...any) {
	r.errs = append(r.errs, errors.New(printable("awsconfig: "+fmt.Sprintf(format, args...))))
}

// printable has no control characters: what stands in a file goes to terminals.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return unicode.ReplacementChar
	}, s)
}

// unread sorts a member that has a value and was not read.
func (r *reader) unread(at, name string, v any) {
	switch text := difference(name, v); {
	case text != "":
		r.note("%s: %s", at, text)
	case withoutEffect(name):
		r.without = append(r.without, printable(at))
	default:
		r.note("%s: not known to this version of the simulator, and not read", at)
	}
}

// lines are the notes in order, and as the last one the members that change nothing here.
func (r *reader) lines() []string {
	slices.Sort(r.notes)
	lines := slices.Compact(r.notes)
	if len(r.without) > 0 {
		index := regexp.MustCompile(`\[\d+\]`)
		names := strings.Split(index.ReplaceAllString(strings.Join(r.without, "\n"), "[]"), "\n")
		slices.Sort(names)
		lines = append(lines, "without effect on this machine: "+strings.Join(slices.Compact(names), ", "))
	}
	return lines
}

// difference says what CloudFront does with a member that the simulator does not play; "" for any other. The name tells
// enough: none stands for two things.
func difference(name string, v any) string {
	switch plain(name) {
	case "cachetagconfig":
		return "objects get no tags; CloudFront invalidates by those that the origin gives them"
	case "connectionfunctionassociation":
		return "the connection function does not run; at CloudFront it may refuse a viewer's connection"
	case "connectionmode":
		if v == "tenant-only" {
			return "requests are served under the distribution's own names; CloudFront serves them under those of its tenants only"
		}
	case "continuousdeploymentpolicyid":
		return "every request is served by this distribution; CloudFront gives those with the policy's header, or a share of all, to the staging distribution"
	case "fieldlevelencryptionid":
		return "fields of forms go to the origin as they came; CloudFront encrypts them"
	case "grpcconfig":
		return "gRPC requests are not passed through; CloudFront passes them to the origin"
	case "originmtlsconfig":
		return "the origin is shown no certificate; CloudFront shows it this one"
	case "selectioncriteria":
		if v == "media-quality-based" {
			return "the first origin is asked first; CloudFront chooses by the quality of the media"
		}
	case "smoothstreaming":
		return "media is served as the origin has it; CloudFront serves it as Smooth Streaming"
	case "staging":
		return "every request is served; CloudFront gives a staging distribution what the continuous deployment policy says"
	case "tenantconfig":
		return "parameters are left as they stand; CloudFront puts each tenant's values in"
	case "viewermtlsconfig":
		return "viewers are asked for no certificate; CloudFront asks for one, and in the mode required refuses those without"
	case "webaclid":
		return "no request is blocked; AWS WAF answers 403 to those that the web ACL blocks"
	}
	return ""
}

// withoutEffect reports whether a member changes nothing for requests by plain HTTP to one machine.
func withoutEffect(name string) bool {
	switch plain(name) {
	case "anycastiplistid", "callerreference", "comment", "connectionmode", "httpversion", "ipaddresstype", "ipv6enabled", "isipv6enabled", "logging",
		"loggingconfig", "originshield", "owneraccountid", "priceclass", "realtimelogconfigarn", "retainondelete", "selectioncriteria", "tags",
		"tagsall", "viewercertificate", "vpcoriginid", "waitfordeployment":
		return true
	}
	return false
}
