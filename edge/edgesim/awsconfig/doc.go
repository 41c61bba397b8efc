// Package awsconfig reads the configuration of a real distribution, so that the simulator plays what is deployed:
//
//   - the JSON of "aws cloudfront get-distribution-config" or "get-distribution", or a DistributionConfig written by
//     hand, also in CloudFormation's spelling where nothing in it refers to other resources
//   - the JSON of "terraform show -json", of a state or of a plan
//
// What stands behind an origin or a function on this machine is not in these files: [Bindings] says it.
//
//	config, err := awsconfig.Read(file, awsconfig.Bindings{
//		Origins:   map[string]edgesim.Origin{"site": &edgesim.S3Origin{FS: os.DirFS("site")}},
//		Functions: map[string]edgesim.Function{"viewer-request": redirect, "origin-response": headers},
//	})
//	for _, line := range config.NotSimulated {
//		fmt.Println(line)
//	}
//	sim, err := edgesim.New(edgesim.Config{Distribution: config.Distribution})
//
// What a file leaves out has CloudFront's default, or in Terraform's files what the provider sends for it. Every setting
// that has a value and is not played is in NotSimulated, with what CloudFront does differently: nothing is left out in
// silence.
package awsconfig
