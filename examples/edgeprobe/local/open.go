package local

import (
	"fmt"
	"os"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/functions"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/origin"
)

// Open gives the distribution's parts, without keys: its functions in so many processes, and the origin. The functions are JavaScript: the
// error says when node is not there. stop ends what was started.
func Open(processes int) (p Parts, stop func(), err error) {
	dir, err := os.MkdirTemp("", "edgeprobe-")
	if err != nil {
		return Parts{}, nil, err
	}
	if err := os.CopyFS(dir, functions.Asked()); err != nil {
		os.RemoveAll(dir)
		return Parts{}, nil, err
	}
	log := &Log{}
	asked, err := edgesim.Package{Path: dir, Runtime: "nodejs22.x", Processes: processes, Log: log}.Open()
	if err != nil {
		os.RemoveAll(dir)
		return Parts{}, nil, fmt.Errorf("the function of all four triggers: %w", err)
	}
	body, err := edgesim.CloudFrontFunction{Name: "body", Source: functions.Body()}.Open()
	if err != nil {
		asked.Close()
		os.RemoveAll(dir)
		return Parts{}, nil, fmt.Errorf("the CloudFront Function: %w", err)
	}
	return Parts{Asked: asked, Body: body, Origin: origin.Handler{}, Log: log}, func() {
		body.Close()
		asked.Close()
		os.RemoveAll(dir)
	}, nil
}
