package awsconfig

// cli reads the JSON of the AWS command line: DistributionConfig in the CloudFront API reference. What is absent has
// the default that the reference gives, or the Developer Guide where the reference has none. CloudFormation spells
// some members another way, and has plain lists for objects with Items and Quantity.
func (r *reader) cli(top map[string]any) {
	outer := r.node("", top)
	if d := outer.child("Distribution"); d.exists() {
		r.distribution.DomainName, r.distribution.ID = d.text("DomainName"), d.text("Id")
		outer = d
	}
	c := outer.child("DistributionConfig")
	if !c.exists() {
		c = outer
	}
	c.at = ""
	c.ignore("ETag") // in some people's files it stands beside the settings
	r.readDistribution(c, nil)
	c.rest()
}
