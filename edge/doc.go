// Package edge runs Go on Lambda@Edge: typed CloudFront events, their answers
// checked before they leave, and the loop that asks Lambda for them.
package edge
