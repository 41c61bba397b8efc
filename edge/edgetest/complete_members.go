package edgetest

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// facts are what in an event the values of its missing members follow.
type facts struct {
	trigger              edge.Trigger
	distribution, client string
	hasOrigin            bool
	origin               string // its domain name
	status               string
}

// factsOf reads them. What is of another type is not there, and package edge will say so.
func factsOf(event []byte) facts {
	type named struct{ DomainName string }
	var e struct {
		Records []struct {
			CF struct {
				Config struct {
					DistributionDomainName string
					EventType              edge.Trigger
				}
				Request struct {
					ClientIP string
					Origin   *struct{ Custom, S3 named }
				}
				Response struct{ Status any }
			}
		}
	}
	_ = json.Unmarshal(event, &e)
	if len(e.Records) == 0 {
		return facts{}
	}
	cf := e.Records[0].CF
	f := facts{trigger: cf.Config.EventType, distribution: cf.Config.DistributionDomainName, client: cf.Request.ClientIP, status: fmt.Sprint(cf.Response.Status)}
	if o := cf.Request.Origin; o != nil {
		f.hasOrigin, f.origin = true, cmp.Or(o.Custom.DomainName, o.S3.DomainName)
	}
	return f
}

// settle decides on the trigger.
func (f *facts) settle(trigger edge.Trigger) error {
	switch {
	case trigger == "" && f.trigger == "":
		return errors.New("edgetest: Complete: the event has no config.eventType; pass the trigger that it is meant for, for instance edge.ViewerRequest")
	case trigger != "" && f.trigger != "" && trigger != f.trigger:
		return fmt.Errorf("edgetest: Complete: the event is one of %q by its config.eventType; got the trigger %q", f.trigger, trigger)
	}
	f.trigger = cmp.Or(f.trigger, trigger)
	return nil
}

// members are those that CloudFront always sends in cf (lambda-event-structure.html, whose examples all have them).
func (f *facts) members() []member {
	all := []member{
		{name: "config", members: []member{
			{name: "distributionDomainName", value: strconv.Quote(distributionDomain)},
			{name: "distributionId", value: strconv.Quote(distributionID)},
			{name: "eventType", value: quoted(string(f.trigger)), nonzero: true},
			{name: "requestId", value: strconv.Quote(requestID)},
		}},
		{name: "request", members: f.request()},
	}
	if f.trigger == edge.OriginResponse || f.trigger == edge.ViewerResponse {
		status, _ := strconv.Atoi(f.status)
		description := cmp.Or(http.StatusText(status), http.StatusText(http.StatusOK))
		all = append(all, member{name: "response", ifThere: true, members: []member{
			{name: "headers", value: "{}"}, {name: "status", value: `"200"`}, {name: "statusDescription", value: quoted(description)},
		}})
	}
	return all
}

// request has the members of a request.
func (f *facts) request() []member {
	client := cmp.Or(f.client, viewerAddress)
	headers := []member{field("Host", cmp.Or(f.distribution, distributionDomain))}
	var origin []member
	if f.trigger == edge.OriginRequest || f.trigger == edge.OriginResponse {
		headers = []member{
			field("X-Forwarded-For", client), field("User-Agent", "Amazon CloudFront"), field("Via", via),
			field("Host", cmp.Or(f.origin, originDomain)),
		}
		origin = []member{{name: "origin", members: []member{
			{name: "custom", members: customMembers, ifThere: f.hasOrigin}, {name: "s3", members: s3Members, ifThere: true},
		}}}
	}
	return append(origin,
		member{name: "clientIp", value: quoted(client)},
		member{name: "headers", members: headers},
		member{name: "method", value: `"GET"`},
		member{name: "querystring", value: `""`},
		member{name: "uri", value: `"/"`},
		member{name: "body", ifThere: true, members: []member{
			{name: "action", value: `"read-only"`}, {name: "data", value: `""`},
			{name: "encoding", value: `"base64"`}, {name: "inputTruncated", value: "false"},
		}})
}

// The members of the origins. The others that AWS documents are not always there.
var (
	customMembers = []member{
		{name: "customHeaders", value: "{}"}, {name: "domainName", value: strconv.Quote(originDomain)}, {name: "keepaliveTimeout", value: "5"},
		{name: "path", value: `""`}, {name: "port", value: "443"}, {name: "protocol", value: `"https"`}, {name: "readTimeout", value: "30"},
		{name: "sslProtocols", value: `["TLSv1.2"]`},
	}
	s3Members = []member{
		{name: "authMethod", value: `"none"`}, {name: "customHeaders", value: "{}"},
		{name: "domainName", value: `"amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com"`}, {name: "path", value: `""`}, {name: "region", value: `""`},
	}
)

// field is a header with one value.
func field(key, value string) member {
	return member{name: strings.ToLower(key), value: `[{"key":` + quoted(key) + `,"value":` + quoted(value) + `}]`}
}

// quoted is a string as JSON.
func quoted(s string) string { return string(jsontext.AppendString(nil, s)) }
