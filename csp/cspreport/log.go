package cspreport

import (
	"io"
	"strings"
	"time"
)

// A Log writes reports as lines of JSON. The zero Log writes nothing.
type Log struct {
	// Writer gets each line with one call of Write.
	Writer io.Writer

	// Accept decides which reports are written; those of one's own pages, for
	// example. Nil means all.
	Accept func(Report) bool

	// DropNoise leaves out the reports that Report.Noise knows. What is left out
	// now cannot be found by a better list later.
	DropNoise bool

	// Personal writes personal data, too: see Report.AppendPersonalLine.
	Personal bool
}

// Write writes the reports of a body that was received now. The error is that of
// Writer.
func (l *Log) Write(reports []Report, now time.Time) error {
	if l.Writer == nil {
		return nil
	}
	var line []byte
	for _, r := range reports {
		r.SetTime(now)
		if l.Accept != nil && !l.Accept(r) {
			continue
		}
		if l.DropNoise {
			if _, noise := r.Noise(); noise {
				continue
			}
		}
		if line = line[:0]; l.Personal {
			line = r.AppendPersonalLine(line)
		} else {
			line = r.AppendLine(line)
		}
		if _, err := l.Writer.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// IsReportType reports whether a Content-Type header is one that browsers send
// reports with: application/csp-report, application/reports+json, or
// application/json, before 2015.
func IsReportType(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	switch asciiLower(strings.TrimSpace(media)) {
	case "application/csp-report", "application/reports+json", "application/json":
		return true
	}
	return false
}
