package template

import (
	"fmt"
	"strings"
)

// complete puts in what CloudFront requires and a part of a template, as people publish it, leaves out: the ids of origins, the origins
// that behaviours name, and the default behaviour. Each is said; nothing stands for such an origin until it is bound.
func (t *stack) complete(path string, config map[string]any) {
	behaviors := items(config["CacheBehaviors"])
	if object(config["DefaultCacheBehavior"]) == nil {
		if len(behaviors) == 0 {
			return
		}
		t.note(path, "no DefaultCacheBehavior: CloudFront refuses it; one without functions is taken")
		target := object(behaviors[0])["TargetOriginId"]
		config["DefaultCacheBehavior"] = map[string]any{"TargetOriginId": target, "ForwardedValues": map[string]any{"QueryString": false}}
	}
	origins, isList := config["Origins"].([]any)
	if !isList && config["Origins"] != nil {
		return
	}
	known := map[string]bool{}
	first := t.nameOrigins(path, origins, known)
	for _, group := range items(object(config["OriginGroups"])["Items"]) {
		id, _ := text(object(group)["Id"])
		known[id] = true
	}
	target := func(at string, b map[string]any) {
		id, _ := text(b["TargetOriginId"])
		switch {
		case b == nil || known[id] && id != "":
			return
		case id == "":
			id = first
			b["TargetOriginId"] = id
			t.note(at, "no TargetOriginId: CloudFront refuses it; the origin %q is taken", id)
		default:
			t.note(at, "no origin has the id %q: CloudFront refuses it; one that nothing stands for is taken", id)
		}
		if known[id] {
			return
		}
		known[id] = true
		domain := strings.Trim(strings.Map(plainHost, id), "-.") + ".invalid"
		origins = append(origins, map[string]any{"Id": id, "DomainName": domain, "CustomOriginConfig": map[string]any{"OriginProtocolPolicy": "https-only"}})
		config["Origins"] = origins
	}
	target(member(path, "DefaultCacheBehavior"), object(config["DefaultCacheBehavior"]))
	for i, b := range behaviors {
		target(entry(member(path, "CacheBehaviors"), i), object(b))
	}
}

// nameOrigins gives ids to origins without one and collects all ids. It returns that of the first origin, "origin" when there is none.
func (t *stack) nameOrigins(path string, origins []any, known map[string]bool) (first string) {
	first = "origin"
	for i, v := range origins {
		o := object(v)
		id, _ := text(o["Id"])
		if id == "" && o != nil {
			id = fmt.Sprintf("origin%d", i)
			o["Id"] = id
			t.note(entry(member(path, "Origins"), i), "no Id: CloudFront refuses it; it is called %q here", id)
		}
		known[id] = true
		if i == 0 && id != "" {
			first = id
		}
	}
	return first
}
