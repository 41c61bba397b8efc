// Package awsconfig reads the configuration of a real distribution, so that the simulator plays what is deployed:
//
//   - the JSON of "aws cloudfront get-distribution-config" or "get-distribution"
//   - the JSON of "terraform show -json", of a state or of a plan
//
// What stands behind an origin or a function on this machine is not in these files: [Bindings] says it.
//
//	config, err := awsconfig.Read(file, awsconfig.Bindings{
//		Origins:   map[string]edgesim.Origin{"site": &edgesim.S3Origin{FS: os.DirFS("site")}},
//		Functions: map[string]edgesim.Function{"viewer-request": redirect, "origin-response": headers},
//	})
//	for _, s := range config.NotSimulated {
//		fmt.Println("not simulated:", s)
//	}
//	sim, err := edgesim.New(edgesim.Config{Distribution: config.Distribution})
//
// Every setting that has a value and no effect in the simulator is in NotSimulated: nothing is left out in silence.
package awsconfig
