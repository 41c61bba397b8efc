package edgelog

// A Level says how important a line is. The numbers are log/slog's.
type Level int8

// The levels. The zero Level is Info.
const (
	Debug Level = -4
	Info  Level = 0
	Warn  Level = 4
	Error Level = 8
)

// String returns the level as Lambda's filter knows it: that of the greatest constant that is not above l.
func (l Level) String() string {
	switch {
	case l >= Error:
		return "ERROR"
	case l >= Warn:
		return "WARN"
	case l >= Info:
		return "INFO"
	}
	return "DEBUG"
}
