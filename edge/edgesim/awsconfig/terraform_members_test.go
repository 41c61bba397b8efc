package awsconfig_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestTerraformMembers holds the same of the resources in Terraform's provider.
func TestTerraformMembers(t *testing.T) {
	t.Parallel()
	s := &sweep{
		list: "terraform-schema.txt",
		behaviors: map[string]behavior{
			"aws_cloudfront_distribution.default_cache_behavior[]": {"DefaultBehavior", "default_cache_behavior"},
			"aws_cloudfront_distribution.ordered_cache_behavior[]": {"Behaviors[0]", "ordered_cache_behavior[0]"},
		},
		base: `{
			"aws_cloudfront_distribution": {
				"enabled": true,
				"origin": [
					{"origin_id": "site", "domain_name": "site.s3.eu-west-1.amazonaws.com", "origin_access_control_id": "E1"},
					{"origin_id": "other", "domain_name": "other.example.com", "custom_origin_config": [{"http_port": 80, "https_port": 443, "origin_protocol_policy": "https-only"}]}],
				"default_cache_behavior": [{"target_origin_id": "site", "cache_policy_id": "658327ea-f89d-4fab-a63d-7e88639e58f6"}],
				"ordered_cache_behavior": [{"path_pattern": "/a", "target_origin_id": "site", "cache_policy_id": "p", "origin_request_policy_id": "r"}]
			},
			"aws_cloudfront_cache_policy": {"id": "p"},
			"aws_cloudfront_origin_request_policy": {"id": "r"},
			"aws_cloudfront_origin_access_control": {"id": "E1", "signing_behavior": "always"}
		}`,
		whole: func(base map[string]any) {
			var resources []any
			for _, kind := range slices.Sorted(maps.Keys(base)) {
				resources = append(resources, map[string]any{"address": kind + ".x", "type": kind, "values": base[kind]})
				delete(base, kind)
			}
			base["values"] = map[string]any{"root_module": map[string]any{"resources": resources}}
		},
	}
	s.run(t, slices.Concat(terraformMembers(), terraformBehaviors(), terraformPolicies()))
}

// within puts a resource before the paths of rows and of their further settings.
func within(resource string, rows []member) []member {
	for i := range rows {
		rows[i].path = resource + "." + rows[i].path
		rows[i].with = strings.ReplaceAll(rows[i].with, `"@`, `"`+resource+".")
	}
	return rows
}

func terraformMembers() []member {
	const (
		server = `{"@origin[].custom_origin_config[].origin_protocol_policy": "https-only"}`
		errors = `{"@custom_error_response[].error_code": 404}`
		page   = `{"@custom_error_response[].error_code": 404, "@custom_error_response[].response_page_path": "/404.html"}`
		group  = `{"@origin_group[].origin_id": "group", "@origin_group[].member": [{"origin_id": "other"}, {"origin_id": "site"}], "@default_cache_behavior[].target_origin_id": "group"}`
	)
	return within("aws_cloudfront_distribution", []member{
		{"aliases[]", `"www.example.com"`, is("Aliases", "[www.example.com]"), ""},
		{"anycast_ip_list_id", `"a"`, folded("anycast_ip_list_id"), ""},
		{"cache_tag_config[].header_name", `"X-Tags"`, noted("cache_tag_config", "no tags"), ""},
		{"comment", `"c"`, folded("comment"), ""},
		{"connection_function_association[].id", `"f"`, noted("connection_function_association", "does not run"), ""},
		{"continuous_deployment_policy_id", `"p"`, noted("continuous_deployment_policy_id", "staging distribution"), ""},
		{"custom_error_response[].error_caching_min_ttl", `60`, is("ErrorResponses[0].CachingTTL", "1m0s"), errors},
		{"custom_error_response[].error_code", `404`, is("ErrorResponses[0].Status", "404"), ""},
		{"custom_error_response[].response_code", `200`, is("ErrorResponses[0].ResponseCode", "200"), page},
		{"custom_error_response[].response_page_path", `"/404.html"`, is("ErrorResponses[0].PagePath", "/404.html"), errors},
		{"default_root_object", `"index.html"`, is("DefaultRootObject", "index.html"), ""},
		{"domain_name", `"d1.cloudfront.net"`, is("DomainName", "d1.cloudfront.net"), ""},
		{"enabled", `false`, noted("enabled", "off"), ""},
		{"http_version", `"http2"`, folded("http_version"), ""},
		{"id", `"E2"`, is("ID", "E2"), ""},
		{"in_progress_validation_batches", `1`, proof{}, ""},
		{"is_ipv6_enabled", `true`, folded("is_ipv6_enabled"), ""},
		{"logging_config[].bucket", `"b"`, folded("logging_config"), ""},
		{"logging_config[].include_cookies", `true`, folded("logging_config"), ""},
		{"logging_config[].prefix", `"p"`, folded("logging_config"), ""},
		{"logging_v1_enabled", `true`, proof{}, ""},
		{"price_class", `"PriceClass_100"`, folded("price_class"), ""},
		{"restrictions[].geo_restriction[].locations[]", `"CH"`, is("GeoRestriction.Allow", "[CH]"), `{"@restrictions[].geo_restriction[].restriction_type": "whitelist"}`},
		{"restrictions[].geo_restriction[].restriction_type", `"blacklist"`, is("GeoRestriction.Block", "[CH]"), `{"@restrictions[].geo_restriction[].locations[]": "CH"}`},
		{"retain_on_delete", `true`, folded("retain_on_delete"), ""},
		{"staging", `true`, noted("staging", "continuous deployment"), ""},
		{"tags", `{"a": "b"}`, folded("tags"), ""},
		{"tags_all", `{"a": "b"}`, folded("tags_all"), ""},
		{"trusted_key_groups[]", `{"enabled": true}`, proof{}, ""},
		{"trusted_signers[]", `{"enabled": true}`, proof{}, ""},
		{"viewer_certificate[].acm_certificate_arn", `"arn"`, folded("viewer_certificate"), ""},
		{"viewer_certificate[].cloudfront_default_certificate", `true`, folded("viewer_certificate"), ""},
		{"viewer_certificate[].iam_certificate_id", `"i"`, folded("viewer_certificate"), ""},
		{"viewer_certificate[].minimum_protocol_version", `"TLSv1"`, folded("viewer_certificate"), ""},
		{"viewer_certificate[].ssl_support_method", `"sni-only"`, folded("viewer_certificate"), ""},
		{"viewer_mtls_config[].mode", `"required"`, noted("viewer_mtls_config", "no certificate"), ""},
		{"viewer_mtls_config[].trust_store_config[].advertise_trust_store_ca_names", `true`, noted("viewer_mtls_config", "no certificate"), ""},
		{"viewer_mtls_config[].trust_store_config[].ignore_certificate_expiry", `true`, noted("viewer_mtls_config", "no certificate"), ""},
		{"viewer_mtls_config[].trust_store_config[].trust_store_id", `"t"`, noted("viewer_mtls_config", "no certificate"), ""},
		{"wait_for_deployment", `true`, folded("wait_for_deployment"), ""},
		{"web_acl_id", `"arn"`, noted("web_acl_id", "no request is blocked"), ""},

		{"origin[].connection_attempts", `2`, is("DefaultBehavior.Origin.Attempts", "2"), server},
		{"origin[].connection_timeout", `4`, is("DefaultBehavior.Origin.Connect", "4s"), server},
		{"origin[].custom_header[].name", `"X-A"`, is("DefaultBehavior.Origin.CustomHeaders", "map[X-A:[a]]"), `{"@origin[].custom_header[].value": "a"}`},
		{"origin[].custom_header[].value", `"a"`, is("DefaultBehavior.Origin.CustomHeaders", "map[X-A:[a]]"), `{"@origin[].custom_header[].name": "X-A"}`},
		{"origin[].custom_origin_config[].http_port", `8080`, is("DefaultBehavior.Origin.HTTPPort", "8080"), server},
		{"origin[].custom_origin_config[].https_port", `8443`, is("DefaultBehavior.Origin.HTTPSPort", "8443"), server},
		{"origin[].custom_origin_config[].ip_address_type", `"ipv6"`, folded("origin[].custom_origin_config.ip_address_type"), server},
		{"origin[].custom_origin_config[].origin_keepalive_timeout", `60`, is("DefaultBehavior.Origin.Keepalive", "1m0s"), server},
		{"origin[].custom_origin_config[].origin_protocol_policy", `"match-viewer"`, is("DefaultBehavior.Origin.Protocol", "match-viewer"), server},
		{"origin[].custom_origin_config[].origin_read_timeout", `60`, is("DefaultBehavior.Origin.ReadTimeout", "1m0s"), server},
		{"origin[].custom_origin_config[].origin_ssl_protocols[]", `"TLSv1.1"`, is("DefaultBehavior.Origin.Protocols", "[TLSv1.1]"), server},
		{"origin[].domain_name", `"b.s3.eu-west-1.amazonaws.com"`, is("DefaultBehavior.Origin.DomainName", "b.s3.eu-west-1.amazonaws.com"), ""},
		{"origin[].origin_access_control_id", `"E1"`, noted("origin[0].origin_access_control_id", "not signed"), server},
		{"origin[].origin_id", `"second"`, refused(`no origin has the id "site"`), ""},
		{"origin[].origin_path", `"/v1"`, is("DefaultBehavior.Origin.Path", "/v1"), ""},
		{"origin[].origin_shield[].enabled", `true`, folded("origin[].origin_shield"), ""},
		{"origin[].origin_shield[].origin_shield_region", `"eu-west-1"`, folded("origin[].origin_shield"), ""},
		{"origin[].response_completion_timeout", `90`, is("DefaultBehavior.Origin.Completion", "1m30s"), ""},
		{"origin[].s3_origin_config[].origin_access_identity", `"origin-access-identity/cloudfront/E1"`, is("DefaultBehavior.Origin.AuthMethod", "origin-access-identity"), ""},
		{"origin[].vpc_origin_config[].origin_keepalive_timeout", `60`, is("DefaultBehavior.Origin.Keepalive", "1m0s"), ""},
		{"origin[].vpc_origin_config[].origin_read_timeout", `60`, is("DefaultBehavior.Origin.ReadTimeout", "1m0s"), ""},
		{"origin[].vpc_origin_config[].owner_account_id", `"111122223333"`, folded("origin[].vpc_origin_config.owner_account_id"), ""},
		{"origin[].vpc_origin_config[].vpc_origin_id", `"vo_1"`, folded("origin[].vpc_origin_config.vpc_origin_id"), ""},
		{"origin_group[].failover_criteria[].status_codes[]", `503`, is("DefaultBehavior.Origin.Statuses", "[503]"), group},
		{"origin_group[].member[].origin_id", `"site"`, is("DefaultBehavior.Origin.Primary.DomainName", "site.s3.eu-west-1.amazonaws.com"), group},
		{"origin_group[].origin_id", `"second"`, refused(`no origin has the id "group"`), group},
	})
}

func terraformBehaviors() []member {
	const (
		legacy = `{"Behavior.cache_policy_id": null, "Behavior.forwarded_values[].query_string": false}`
		query  = `{"Behavior.cache_policy_id": null, "Behavior.forwarded_values[].query_string": true}`
		cookie = `{"Behavior.cache_policy_id": null, "Behavior.forwarded_values[].cookies[].forward": "whitelist"}`
		lambda = "Behavior.lambda_function_association[]."
	)
	return []member{
		{"aws_cloudfront_distribution.ordered_cache_behavior[].path_pattern", `"/b/*"`, is("Behaviors[0].PathPattern", "/b/*"), ""},
		{"Behavior.allowed_methods[]", `"GET"`, is("Behavior.AllowedMethods", "[GET]"), ""},
		{"Behavior.cache_policy_id", `"4135ea2d-6df8-44a3-9df3-4b5a84be39ad"`, is("Behavior.CachePolicy.Name", "Managed-CachingDisabled"), ""},
		{"Behavior.cached_methods[]", `"GET"`, is("Behavior.CachedMethods", "[GET]"), ""},
		{"Behavior.compress", `true`, is("Behavior.Compress", "true"), ""},
		{"Behavior.default_ttl", `60`, is("Behavior.CachePolicy.DefaultTTL", "1m0s"), legacy},
		{"Behavior.field_level_encryption_id", `"f"`, noted("Behavior.field_level_encryption_id", "encrypts"), ""},
		{"Behavior.forwarded_values[].cookies[].forward", `"all"`, is("Behavior.CachePolicy.Cookies", "all"), legacy},
		{"Behavior.forwarded_values[].cookies[].whitelisted_names[]", `"a"`, is("Behavior.CachePolicy.Cookies", "a"), cookie},
		{"Behavior.forwarded_values[].headers[]", `"Origin"`, is("Behavior.CachePolicy.Headers", "[Origin]"), legacy},
		{"Behavior.forwarded_values[].query_string", `true`, is("Behavior.CachePolicy.QueryStrings", "all"), legacy},
		{"Behavior.forwarded_values[].query_string_cache_keys[]", `"q"`, is("Behavior.CachePolicy.QueryStrings", "q"), query},
		{"Behavior.function_association[].event_type", `"viewer-request"`, noted("Behavior.function_association[0]", "does not run on viewer-request"), ""},
		{"Behavior.function_association[].function_arn", `"arn:aws:cloudfront::1:function/rewrite"`, noted("Behavior.function_association[0]", "CloudFront Function rewrite"), ""},
		{"Behavior.grpc_config[].enabled", `true`, noted("Behavior.grpc_config", "not passed through"), ""},
		{lambda + "event_type", `"viewer-request"`, is("Behavior.Functions.ViewerRequest.Name", "viewer-request"), ""},
		{lambda + "include_body", `true`, is("Behavior.Functions.ViewerRequest.IncludeBody", "true"), `{"` + lambda + `event_type": "viewer-request"}`},
		{lambda + "lambda_arn", `"arn:aws:lambda:us-east-1:111122223333:function:f:1"`, is("Behavior.Functions.ViewerRequest.Name", "f"), `{"` + lambda + `event_type": "viewer-request"}`},
		{"Behavior.max_ttl", `60`, is("Behavior.CachePolicy.MaxTTL", "1m0s"), legacy},
		{"Behavior.min_ttl", `60`, is("Behavior.CachePolicy.MinTTL", "1m0s"), legacy},
		{"Behavior.origin_request_policy_id", `"216adef6-5c7f-47e4-b989-5492eafa07d3"`, is("Behavior.OriginRequestPolicy.Name", "Managed-AllViewer"), ""},
		{"Behavior.realtime_log_config_arn", `"arn"`, folded("Behavior.realtime_log_config_arn"), ""},
		{"Behavior.response_headers_policy_id", `"60669652-455b-4ae9-85a4-c4c02393f86c"`, is("Behavior.ResponseHeadersPolicy.Name", "Managed-SimpleCORS"), ""},
		{"Behavior.smooth_streaming", `true`, noted("Behavior.smooth_streaming", "Smooth Streaming"), ""},
		{"Behavior.target_origin_id", `"other"`, is("Behavior.Origin.DomainName", "other.example.com"), ""},
		{"Behavior.trusted_key_groups[]", `"k"`, noted("Behavior.trusted_key_groups", "answers 403"), ""},
		{"Behavior.trusted_signers[]", `"self"`, noted("Behavior.trusted_signers", "answers 403"), ""},
		{"Behavior.viewer_protocol_policy", `"https-only"`, is("Behavior.ViewerProtocol", "https-only"), ""},
	}
}

func terraformPolicies() []member {
	const (
		cachePolicy, requestPolicy = "Behaviors[0].CachePolicy.", "Behaviors[0].OriginRequestPolicy."
		parts                      = "parameters_in_cache_key_and_forwarded_to_origin[]."
	)
	some := func(block, behavior string) string { return `{"@` + block + behavior + `": "whitelist"}` }
	return slices.Concat(within("aws_cloudfront_cache_policy", []member{
		{"comment", `"c"`, folded("aws_cloudfront_cache_policy.x.comment"), ""},
		{"default_ttl", `60`, is(cachePolicy+"DefaultTTL", "1m0s"), ""},
		{"id", `"other"`, refused(`cache policy "p"`), ""},
		{"max_ttl", `90000`, is(cachePolicy+"MaxTTL", "25h0m0s"), ""},
		{"min_ttl", `60`, is(cachePolicy+"MinTTL", "1m0s"), ""},
		{"name", `"n"`, is(cachePolicy+"Name", "n"), ""},
		{parts + "cookies_config[].cookie_behavior", `"all"`, is(cachePolicy+"Cookies", "all"), ""},
		{parts + "cookies_config[].cookies[].items[]", `"a"`, is(cachePolicy+"Cookies", "a"), some(parts, "cookies_config[].cookie_behavior")},
		{parts + "enable_accept_encoding_brotli", `true`, is(cachePolicy+"Brotli", "true"), ""},
		{parts + "enable_accept_encoding_gzip", `true`, is(cachePolicy+"Gzip", "true"), ""},
		{parts + "headers_config[].header_behavior", `"whitelist"`, is(cachePolicy+"Headers", "[Origin]"), `{"@` + parts + `headers_config[].headers[].items[]": "Origin"}`},
		{parts + "headers_config[].headers[].items[]", `"Origin"`, is(cachePolicy+"Headers", "[Origin]"), some(parts, "headers_config[].header_behavior")},
		{parts + "query_strings_config[].query_string_behavior", `"all"`, is(cachePolicy+"QueryStrings", "all"), ""},
		{parts + "query_strings_config[].query_strings[].items[]", `"q"`, is(cachePolicy+"QueryStrings", "q"), some(parts, "query_strings_config[].query_string_behavior")},
	}), within("aws_cloudfront_origin_request_policy", []member{
		{"comment", `"c"`, folded("aws_cloudfront_origin_request_policy.x.comment"), ""},
		{"cookies_config[].cookie_behavior", `"all"`, is(requestPolicy+"Cookies", "all"), ""},
		{"cookies_config[].cookies[].items[]", `"a"`, is(requestPolicy+"Cookies", "a"), some("", "cookies_config[].cookie_behavior")},
		{"headers_config[].header_behavior", `"allViewer"`, is(requestPolicy+"Headers", "all"), ""},
		{"headers_config[].headers[].items[]", `"CloudFront-Viewer-Country"`, is(requestPolicy+"CloudFront", "[CloudFront-Viewer-Country]"),
			`{"@headers_config[].header_behavior": "allViewerAndWhitelistCloudFront"}`},
		{"id", `"other"`, refused(`origin request policy "r"`), ""},
		{"name", `"n"`, is(requestPolicy+"Name", "n"), ""},
		{"query_strings_config[].query_string_behavior", `"all"`, is(requestPolicy+"QueryStrings", "all"), ""},
		{"query_strings_config[].query_strings[].items[]", `"q"`, is(requestPolicy+"QueryStrings", "q"), some("", "query_strings_config[].query_string_behavior")},
	}), within("aws_cloudfront_origin_access_control", []member{
		// How requests are signed does not matter to a folder, and what the control is called to nobody.
		{"description", `"d"`, proof{}, ""},
		{"id", `"E2"`, proof{}, ""},
		{"name", `"n"`, proof{}, ""},
		{"origin_access_control_origin_type", `"s3"`, proof{}, ""},
		{"signing_behavior", `"never"`, noted("aws_cloudfront_origin_access_control.x.signing_behavior", "no request is signed"), ""},
		{"signing_protocol", `"sigv4"`, proof{}, ""},
	}))
}
