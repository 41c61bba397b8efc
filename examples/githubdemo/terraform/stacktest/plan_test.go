package stacktest_test

import (
	"encoding/json"
	"os"
	"testing"
)

// A plan is what terraform show -json tells of a plan.
type plan struct {
	Planned struct {
		Root struct {
			Resources []resource        `json:"resources"`
			Modules   []json.RawMessage `json:"child_modules"`
		} `json:"root_module"`
	} `json:"planned_values"`
	Configuration struct {
		Root struct {
			Resources []configured `json:"resources"`
		} `json:"root_module"`
	} `json:"configuration"`
}

// A resource is one with the values that are known before it is made.
type resource struct {
	Address string          `json:"address"`
	Type    string          `json:"type"`
	Name    string          `json:"name"`
	Index   string          `json:"index"`
	Values  json.RawMessage `json:"values"`
}

// A configured is a resource as it is written.
type configured struct {
	Type        string                     `json:"type"`
	Expressions map[string]json.RawMessage `json:"expressions"`
}

func readPlan(t *testing.T) plan {
	t.Helper()
	name := os.Getenv("LAMBDAEDGE_PLAN")
	if name == "" {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatal("LAMBDAEDGE_PLAN is not set: it names a plan of the stack")
		}
		t.Skip("LAMBDAEDGE_PLAN is not set: it names a plan of the stack (.ci/stack makes one)")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var p plan
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(p.Planned.Root.Resources) == 0 {
		t.Fatalf("%s: no resource in the plan", name)
	}
	return p
}

// of decodes the values of all resources of a type, by index.
func of[T any](t *testing.T, p plan, kind string) map[string]T {
	t.Helper()
	all := map[string]T{}
	for _, r := range p.Planned.Root.Resources {
		if r.Type != kind {
			continue
		}
		var v T
		if err := json.Unmarshal(r.Values, &v); err != nil {
			t.Fatalf("%s.%s[%s]: %v", r.Type, r.Name, r.Index, err)
		}
		all[r.Index] = v
	}
	if len(all) == 0 {
		t.Fatalf("no %s in the plan", kind)
	}
	return all
}

// A function is an aws_lambda_function.
type function struct {
	Filename       string   `json:"filename"`
	FunctionName   string   `json:"function_name"`
	Handler        string   `json:"handler"`
	Runtime        string   `json:"runtime"`
	Architectures  []string `json:"architectures"`
	SourceCodeHash string   `json:"source_code_hash"`
}

// A distribution is an aws_cloudfront_distribution.
type distribution struct {
	Default []behavior `json:"default_cache_behavior"`
	Ordered []behavior `json:"ordered_cache_behavior"`
}

type behavior struct {
	MinTTL                int     `json:"min_ttl"`
	MaxTTL                *int    `json:"max_ttl"`
	DefaultTTL            *int    `json:"default_ttl"`
	ResponseHeadersPolicy *string `json:"response_headers_policy_id"`
	Associations          []struct {
		EventType string `json:"event_type"`
	} `json:"lambda_function_association"`
}

// defaultBehavior returns the distribution's only behavior.
func defaultBehavior(t *testing.T, p plan) behavior {
	t.Helper()
	d := of[distribution](t, p, "aws_cloudfront_distribution")[""]
	if len(d.Default) != 1 || len(d.Ordered) != 0 {
		t.Fatalf("got %d default and %d ordered behaviors, want the default alone", len(d.Default), len(d.Ordered))
	}
	return d.Default[0]
}
