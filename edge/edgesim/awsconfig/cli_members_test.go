package awsconfig_test

import "testing"

// TestDistributionConfigMembers holds that no member of DistributionConfig is lost: each is simulated, or noted, or
// listed as without effect on a developer's machine.
func TestDistributionConfigMembers(t *testing.T) {
	t.Parallel()
	s := &sweep{
		list:  "distribution-config.txt",
		whole: func(map[string]any) {},
		behaviors: map[string]behavior{
			"DefaultCacheBehavior":   {"DefaultBehavior", "DefaultCacheBehavior"},
			"CacheBehaviors.Items[]": {"Behaviors[0]", "CacheBehaviors[0]"},
		},
		base: `{
			"CallerReference": "r", "Comment": "", "Enabled": true,
			"Origins": {"Quantity": 2, "Items": [
				{"Id": "site", "DomainName": "site.s3.eu-west-1.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}, "OriginAccessControlId": "E1"},
				{"Id": "other", "DomainName": "other.example.com", "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}]},
			"DefaultCacheBehavior": {"TargetOriginId": "site", "ViewerProtocolPolicy": "allow-all", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"},
			"CacheBehaviors": {"Quantity": 1, "Items": [
				{"PathPattern": "/a", "TargetOriginId": "site", "ViewerProtocolPolicy": "allow-all", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"}]}
		}`,
	}
	s.run(t, cliMembers())
}

func cliMembers() []member {
	const (
		legacy = `{"Behavior.CachePolicyId": null, "Behavior.ForwardedValues.QueryString": false}`
		query  = `{"Behavior.CachePolicyId": null, "Behavior.ForwardedValues.QueryString": true}`
		cookie = `{"Behavior.CachePolicyId": null, "Behavior.ForwardedValues.Cookies.Forward": "whitelist"}`
		server = `{"Origins.Items[].CustomOriginConfig.OriginProtocolPolicy": "https-only"}`
		errors = `{"CustomErrorResponses.Items[].ErrorCode": 404}`
		page   = `{"CustomErrorResponses.Items[].ErrorCode": 404, "CustomErrorResponses.Items[].ResponsePagePath": "/404.html"}`
		lambda = "Behavior.LambdaFunctionAssociations.Items[]."
		group  = `{"OriginGroups.Items[].Id": "group", "OriginGroups.Items[].Members.Items": [{"OriginId": "other"}, {"OriginId": "site"}], "DefaultCacheBehavior.TargetOriginId": "group"}`
	)
	return []member{
		{"Aliases.Items[]", `"www.example.com"`, is("Aliases", "[www.example.com]"), ""},
		{"AnycastIpListId", `"aip_1"`, folded("AnycastIpListId"), ""},
		{"CacheTagConfig.HeaderName", `"X-Tags"`, noted("CacheTagConfig", "no tags"), ""},
		{"CallerReference", `"r"`, folded("CallerReference"), ""},
		{"Comment", `"a site"`, folded("Comment"), ""},
		{"ConnectionFunctionAssociation.Id", `"f"`, noted("ConnectionFunctionAssociation", "does not run"), ""},
		{"ConnectionMode", `"tenant-only"`, noted("ConnectionMode", "tenants"), ""},
		{"ContinuousDeploymentPolicyId", `"p"`, noted("ContinuousDeploymentPolicyId", "staging distribution"), ""},
		{"CustomErrorResponses.Items[].ErrorCachingMinTTL", `60`, is("ErrorResponses[0].CachingTTL", "1m0s"), errors},
		{"CustomErrorResponses.Items[].ErrorCode", `404`, is("ErrorResponses[0].Status", "404"), ""},
		{"CustomErrorResponses.Items[].ResponseCode", `"200"`, is("ErrorResponses[0].ResponseCode", "200"), page},
		{"CustomErrorResponses.Items[].ResponsePagePath", `"/404.html"`, is("ErrorResponses[0].PagePath", "/404.html"), errors},
		{"DefaultRootObject", `"index.html"`, is("DefaultRootObject", "index.html"), ""},
		{"Enabled", `false`, noted("Enabled", "off"), ""},
		{"HttpVersion", `"http3"`, folded("HttpVersion"), ""},
		{"IsIPV6Enabled", `true`, folded("IsIPV6Enabled"), ""},
		{"Logging.Bucket", `"b"`, folded("Logging"), ""},
		{"Logging.Enabled", `true`, folded("Logging"), ""},
		{"Logging.IncludeCookies", `true`, folded("Logging"), ""},
		{"Logging.Prefix", `"p"`, folded("Logging"), ""},
		{"PriceClass", `"PriceClass_100"`, folded("PriceClass"), ""},
		{"Restrictions.GeoRestriction.Items[]", `"CH"`, is("GeoRestriction.Allow", "[CH]"), `{"Restrictions.GeoRestriction.RestrictionType": "whitelist"}`},
		{"Restrictions.GeoRestriction.RestrictionType", `"blacklist"`, is("GeoRestriction.Block", "[CH]"), `{"Restrictions.GeoRestriction.Items[]": "CH"}`},
		{"Staging", `true`, noted("Staging", "continuous deployment"), ""},
		{"TenantConfig.ParameterDefinitions[].Definition.StringSchema.Comment", `"c"`, noted("TenantConfig", "tenant's values"), ""},
		{"TenantConfig.ParameterDefinitions[].Definition.StringSchema.DefaultValue", `"d"`, noted("TenantConfig", "tenant's values"), ""},
		{"TenantConfig.ParameterDefinitions[].Definition.StringSchema.Required", `true`, noted("TenantConfig", "tenant's values"), ""},
		{"TenantConfig.ParameterDefinitions[].Name", `"n"`, noted("TenantConfig", "tenant's values"), ""},
		{"ViewerCertificate.ACMCertificateArn", `"arn"`, folded("ViewerCertificate"), ""},
		{"ViewerCertificate.Certificate", `"arn"`, folded("ViewerCertificate"), ""},
		{"ViewerCertificate.CertificateSource", `"acm"`, folded("ViewerCertificate"), ""},
		{"ViewerCertificate.CloudFrontDefaultCertificate", `true`, folded("ViewerCertificate"), ""},
		{"ViewerCertificate.IAMCertificateId", `"i"`, folded("ViewerCertificate"), ""},
		{"ViewerCertificate.MinimumProtocolVersion", `"TLSv1.2_2025"`, folded("ViewerCertificate"), ""},
		{"ViewerCertificate.SSLSupportMethod", `"sni-only"`, folded("ViewerCertificate"), ""},
		{"ViewerMtlsConfig.Mode", `"required"`, noted("ViewerMtlsConfig", "no certificate"), ""},
		{"ViewerMtlsConfig.TrustStoreConfig.AdvertiseTrustStoreCaNames", `true`, noted("ViewerMtlsConfig", "no certificate"), ""},
		{"ViewerMtlsConfig.TrustStoreConfig.IgnoreCertificateExpiry", `true`, noted("ViewerMtlsConfig", "no certificate"), ""},
		{"ViewerMtlsConfig.TrustStoreConfig.TrustStoreId", `"t"`, noted("ViewerMtlsConfig", "no certificate"), ""},
		{"WebACLId", `"arn"`, noted("WebACLId", "no request is blocked"), ""},

		{"CacheBehaviors.Items[].PathPattern", `"/b/*"`, is("Behaviors[0].PathPattern", "/b/*"), ""},
		{"Behavior.AllowedMethods.CachedMethods.Items[]", `"GET"`, is("Behavior.CachedMethods", "[GET]"), ""},
		{"Behavior.AllowedMethods.Items[]", `"GET"`, is("Behavior.AllowedMethods", "[GET]"), ""},
		{"Behavior.CachePolicyId", `"4135ea2d-6df8-44a3-9df3-4b5a84be39ad"`, is("Behavior.CachePolicy.Name", "Managed-CachingDisabled"), ""},
		{"Behavior.Compress", `true`, is("Behavior.Compress", "true"), ""},
		{"Behavior.DefaultTTL", `60`, is("Behavior.CachePolicy.DefaultTTL", "1m0s"), legacy},
		{"Behavior.FieldLevelEncryptionId", `"f"`, noted("Behavior.FieldLevelEncryptionId", "encrypts"), ""},
		{"Behavior.ForwardedValues.Cookies.Forward", `"all"`, is("Behavior.CachePolicy.Cookies", "all"), legacy},
		{"Behavior.ForwardedValues.Cookies.WhitelistedNames.Items[]", `"a"`, is("Behavior.CachePolicy.Cookies", "a"), cookie},
		{"Behavior.ForwardedValues.Headers.Items[]", `"Origin"`, is("Behavior.CachePolicy.Headers", "[Origin]"), legacy},
		{"Behavior.ForwardedValues.QueryString", `true`, is("Behavior.CachePolicy.QueryStrings", "all"), legacy},
		{"Behavior.ForwardedValues.QueryStringCacheKeys.Items[]", `"q"`, is("Behavior.CachePolicy.QueryStrings", "q"), query},
		{"Behavior.ForwardedValues.Cookies.WhitelistedNames.Quantity", `7`, noted("Behavior.ForwardedValues.Cookies.WhitelistedNames", "Quantity is 7"), legacy},
		{"Behavior.ForwardedValues.Headers.Quantity", `7`, noted("Behavior.ForwardedValues.Headers", "Quantity is 7"), legacy},
		{"Behavior.ForwardedValues.QueryStringCacheKeys.Quantity", `7`, noted("Behavior.ForwardedValues.QueryStringCacheKeys", "Quantity is 7"), legacy},
		{"Behavior.FunctionAssociations.Items[].EventType", `"viewer-request"`, noted("Behavior.FunctionAssociations[0]", "does not run on viewer-request"), ""},
		{"Behavior.FunctionAssociations.Items[].FunctionARN", `"arn:aws:cloudfront::1:function/rewrite"`, noted("Behavior.FunctionAssociations[0]", "CloudFront Function rewrite"), ""},
		{"Behavior.GrpcConfig.Enabled", `true`, noted("Behavior.GrpcConfig", "not passed through"), ""},
		{lambda + "EventType", `"viewer-request"`, is("Behavior.Functions.ViewerRequest.Name", "viewer-request"), ""},
		{lambda + "IncludeBody", `true`, is("Behavior.Functions.ViewerRequest.IncludeBody", "true"), `{"` + lambda + `EventType": "viewer-request"}`},
		{lambda + "LambdaFunctionARN", `"arn:aws:lambda:us-east-1:111122223333:function:f:1"`, is("Behavior.Functions.ViewerRequest.Name", "f"), `{"` + lambda + `EventType": "viewer-request"}`},
		{"Behavior.MaxTTL", `90000`, is("Behavior.CachePolicy.MaxTTL", "25h0m0s"), legacy},
		{"Behavior.MinTTL", `60`, is("Behavior.CachePolicy.MinTTL", "1m0s"), legacy},
		{"Behavior.OriginRequestPolicyId", `"216adef6-5c7f-47e4-b989-5492eafa07d3"`, is("Behavior.OriginRequestPolicy.Name", "Managed-AllViewer"), ""},
		{"Behavior.RealtimeLogConfigArn", `"arn"`, folded("Behavior.RealtimeLogConfigArn"), ""},
		{"Behavior.ResponseHeadersPolicyId", `"60669652-455b-4ae9-85a4-c4c02393f86c"`, is("Behavior.ResponseHeadersPolicy.Name", "Managed-SimpleCORS"), ""},
		{"Behavior.SmoothStreaming", `true`, noted("Behavior.SmoothStreaming", "Smooth Streaming"), ""},
		{"Behavior.TargetOriginId", `"other"`, is("Behavior.Origin.DomainName", "other.example.com"), ""},
		{"Behavior.TrustedKeyGroups.Enabled", `true`, noted("Behavior.TrustedKeyGroups", "answers 403"), ""},
		{"Behavior.TrustedKeyGroups.Items[]", `"k"`, noted("Behavior.TrustedKeyGroups", "the public keys of k"), ""},
		{"Behavior.TrustedKeyGroups.Quantity", `1`, noted("Behavior.TrustedKeyGroups", "Quantity is 1"), ""},
		{"Behavior.TrustedSigners.Enabled", `true`, noted("Behavior.TrustedSigners", "answers 403"), ""},
		{"Behavior.TrustedSigners.Items[]", `"self"`, noted("Behavior.TrustedSigners", "answers 403"), ""},
		{"Behavior.TrustedSigners.Quantity", `1`, noted("Behavior.TrustedSigners", "Quantity is 1"), ""},
		{"Behavior.ViewerProtocolPolicy", `"https-only"`, is("Behavior.ViewerProtocol", "https-only"), ""},

		{"OriginGroups.Items[].FailoverCriteria.StatusCodes.Items[]", `503`, is("DefaultBehavior.Origin.Statuses", "[503]"), group},
		{"OriginGroups.Items[].FailoverCriteria.StatusCodes.Quantity", `7`, noted("OriginGroups[0].FailoverCriteria.StatusCodes", "Quantity is 7"), group},
		{"OriginGroups.Items[].Id", `"second"`, refused(`no origin has the id "group"`), group},
		{"OriginGroups.Items[].Members.Items[].OriginId", `"site"`, is("DefaultBehavior.Origin.Primary.DomainName", "site.s3.eu-west-1.amazonaws.com"), group},
		{"OriginGroups.Items[].Members.Quantity", `7`, noted("OriginGroups[0].Members", "Quantity is 7"), group},
		{"OriginGroups.Items[].SelectionCriteria", `"media-quality-based"`, noted("OriginGroups[0].SelectionCriteria", "quality"), group},

		{"Origins.Items[].ConnectionAttempts", `2`, is("DefaultBehavior.Origin.Attempts", "2"), server},
		{"Origins.Items[].ConnectionTimeout", `4`, is("DefaultBehavior.Origin.Connect", "4s"), server},
		{"Origins.Items[].CustomHeaders.Items[].HeaderName", `"X-A"`, is("DefaultBehavior.Origin.CustomHeaders", "map[X-A:[a]]"), `{"Origins.Items[].CustomHeaders.Items[].HeaderValue": "a"}`},
		{"Origins.Items[].CustomHeaders.Items[].HeaderValue", `"a"`, is("DefaultBehavior.Origin.CustomHeaders", "map[X-A:[a]]"), `{"Origins.Items[].CustomHeaders.Items[].HeaderName": "X-A"}`},
		{"Origins.Items[].CustomOriginConfig.HTTPPort", `8080`, is("DefaultBehavior.Origin.HTTPPort", "8080"), server},
		{"Origins.Items[].CustomOriginConfig.HTTPSPort", `8443`, is("DefaultBehavior.Origin.HTTPSPort", "8443"), server},
		{"Origins.Items[].CustomOriginConfig.IpAddressType", `"ipv6"`, folded("Origins[].CustomOriginConfig.IpAddressType"), server},
		{"Origins.Items[].CustomOriginConfig.OriginKeepaliveTimeout", `60`, is("DefaultBehavior.Origin.Keepalive", "1m0s"), server},
		{"Origins.Items[].CustomOriginConfig.OriginMtlsConfig.ClientCertificateArn", `"arn"`, noted("Origins[0].CustomOriginConfig.OriginMtlsConfig", "no certificate"), server},
		{"Origins.Items[].CustomOriginConfig.OriginProtocolPolicy", `"match-viewer"`, is("DefaultBehavior.Origin.Protocol", "match-viewer"), server},
		{"Origins.Items[].CustomOriginConfig.OriginReadTimeout", `60`, is("DefaultBehavior.Origin.ReadTimeout", "1m0s"), server},
		{"Origins.Items[].CustomOriginConfig.OriginSslProtocols.Items[]", `"TLSv1.1"`, is("DefaultBehavior.Origin.Protocols", "[TLSv1.1]"), server},
		{"Origins.Items[].DomainName", `"b.s3.eu-west-1.amazonaws.com"`, is("DefaultBehavior.Origin.DomainName", "b.s3.eu-west-1.amazonaws.com"), ""},
		{"Origins.Items[].Id", `"second"`, refused(`no origin has the id "site"`), ""},
		{"Origins.Items[].OriginAccessControlId", `"E1"`, noted("Origins[0].OriginAccessControlId", "not signed"), server},
		{"Origins.Items[].OriginPath", `"/v1"`, is("DefaultBehavior.Origin.Path", "/v1"), ""},
		{"Origins.Items[].OriginShield.Enabled", `true`, folded("Origins[].OriginShield"), ""},
		{"Origins.Items[].OriginShield.OriginShieldRegion", `"eu-west-1"`, folded("Origins[].OriginShield"), ""},
		{"Origins.Items[].ResponseCompletionTimeout", `90`, is("DefaultBehavior.Origin.Completion", "1m30s"), ""},
		{"Origins.Items[].S3OriginConfig.OriginAccessIdentity", `"origin-access-identity/cloudfront/E1"`, is("DefaultBehavior.Origin.AuthMethod", "origin-access-identity"), ""},
		{"Origins.Items[].S3OriginConfig.OriginReadTimeout", `60`, is("DefaultBehavior.Origin.ReadTimeout", "1m0s"), ""},
		{"Origins.Items[].VpcOriginConfig.OriginKeepaliveTimeout", `60`, is("DefaultBehavior.Origin.Keepalive", "1m0s"), ""},
		{"Origins.Items[].VpcOriginConfig.OriginReadTimeout", `60`, is("DefaultBehavior.Origin.ReadTimeout", "1m0s"), ""},
		{"Origins.Items[].VpcOriginConfig.OwnerAccountId", `"111122223333"`, folded("Origins[].VpcOriginConfig.OwnerAccountId"), ""},
		{"Origins.Items[].VpcOriginConfig.VpcOriginId", `"vo_1"`, folded("Origins[].VpcOriginConfig.VpcOriginId"), ""},
	}
}
