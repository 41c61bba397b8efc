package deployment

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

// regions are those in which functions at the edge were seen to run, and so have their logs.
func regions() []string {
	return []string{
		"us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-central-1", "eu-west-1", "eu-west-2",
		"ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2",
	}
}

// group is where the replicas of a function write, in each region where they run.
func group(function string) string { return "/aws/lambda/us-east-1." + function }

// patience is how often logs are looked for that have not come. AWS says nothing of how late they are.
const patience = 9

// Logs gives what the function below a path pattern wrote since the stack was deployed: the lines with a text in them, or all for "". It
// looks until there are some and they are no more than the time before, and then gives what there is. It may be called side by side.
func (d *Deployment) Logs(ctx context.Context, pattern, containing string) (lines []probe.LogLine, err error) {
	name, ok := d.outputs.Functions[pattern]
	if !ok {
		return nil, fmt.Errorf("the stack has no function below %s", pattern)
	}
	for range patience {
		before := len(lines)
		if lines, err = d.read(ctx, name, containing); err != nil || len(lines) > 0 && len(lines) == before {
			return lines, err
		}
		select {
		case <-ctx.Done():
			return lines, nil
		case <-time.After(d.poll()):
		}
	}
	return lines, nil
}

func (d *Deployment) poll() time.Duration {
	if d.Poll == 0 {
		return 10 * time.Second
	}
	return d.Poll
}

// eachRegion does something for every region at once, and gives the errors in their order.
func eachRegion(do func(i int, region string) error) error {
	failed := make([]error, len(regions()))
	var all sync.WaitGroup
	for i, region := range regions() {
		all.Go(func() { failed[i] = do(i, region) })
	}
	all.Wait()
	return errors.Join(failed...)
}

// read asks all regions for the lines of a function, for one function at a time: each asking is a process. A region that cannot be asked
// is an error when no other has any.
func (d *Deployment) read(ctx context.Context, function, containing string) ([]probe.LogLine, error) {
	d.reading.Lock()
	defer d.reading.Unlock()
	found := make([][]probe.LogLine, len(regions()))
	err := eachRegion(func(i int, region string) error {
		args := []string{"filter-log-events", "--log-group-name", group(function), "--start-time", strconv.FormatInt(d.since.UnixMilli(), 10)}
		if containing != "" {
			args = append(args, "--filter-pattern", strconv.Quote(containing))
		}
		var answer struct{ Events []struct{ Message string } }
		err := d.logs(ctx, region, &answer, args...)
		for _, event := range answer.Events {
			found[i] = append(found[i], probe.LogLine{Region: region, Text: strings.TrimSpace(event.Message)})
		}
		return err
	})
	if lines := slices.Concat(found...); len(lines) > 0 {
		return lines, nil
	}
	return nil, err
}

// logs runs a command of aws logs. A log group that is not there has nothing to tell.
func (d *Deployment) logs(ctx context.Context, region string, answer any, args ...string) error {
	var text bytes.Buffer
	err := d.run(ctx, Command{
		Name: "aws", Args: append(append([]string{"logs"}, args...), "--region", region, "--output", "json"), Env: []string{"AWS_PAGER="}, Out: &text,
	})
	switch {
	case err != nil && strings.Contains(err.Error(), "ResourceNotFoundException"):
		return nil
	case err != nil:
		return err
	case text.Len() == 0: // the commands that delete say nothing
		return nil
	}
	if err := json.Unmarshal(text.Bytes(), answer); err != nil {
		return fmt.Errorf("aws logs %s in %s: %w", args[0], region, err)
	}
	return nil
}

// deleteLogs deletes the log groups of the functions in all regions.
func (d *Deployment) deleteLogs(ctx context.Context) error {
	return eachRegion(func(_ int, region string) error {
		var failed []error
		for _, function := range d.outputs.Functions {
			failed = append(failed, d.logs(ctx, region, nil, "delete-log-group", "--log-group-name", group(function)))
		}
		return errors.Join(failed...)
	})
}
