// The channel to the host (lambdahost's channel.go), where a host gives one: invocations and answers without HTTP. Its messages are a line
// of words, of which the last is the length of what follows. While the process waits for an invocation nothing of it runs: Lambda freezes it.
import { readSync, writeSync } from "node:fs";

const descriptor = Number(process.env.EDGESIM_CHANNEL); // NaN where there is none
delete process.env.EDGESIM_CHANNEL; // Lambda has none

export const isOpen = descriptor > 0;

let buffer = Buffer.allocUnsafe(64 << 10);
let from = 0; // what was read and not taken lies between these two
let to = 0;

// fill reads until so many bytes are there.
function fill(wanted) {
  if (from + wanted > buffer.length) {
    const larger = wanted > buffer.length ? Buffer.allocUnsafe(2 * wanted) : buffer;
    buffer.copy(larger, 0, from, to);
    [buffer, from, to] = [larger, 0, to - from];
  }
  while (to - from < wanted) {
    const n = readSync(descriptor, buffer, to, buffer.length - to, null);
    if (n === 0) process.exit(1); // the host is gone
    to += n;
  }
}

function line() {
  for (let wanted = 1; ; wanted = to - from + 1) {
    fill(wanted);
    const end = buffer.indexOf(10, from);
    if (end < 0 || end >= to) continue;
    const text = buffer.latin1Slice(from, end);
    from = end + 1;
    return text;
  }
}

export function next() {
  send("next 0\n");
  const [, id, deadline, arn, trace, length] = line().split(" ");
  fill(Number(length));
  const text = buffer.utf8Slice(from, (from += Number(length)));
  if (from === to) from = to = 0;
  const headers = { "lambda-runtime-aws-request-id": id, "lambda-runtime-deadline-ms": deadline, "lambda-runtime-invoked-function-arn": arn, "lambda-runtime-trace-id": trace };
  return { id, text, headers };
}

export function post(kind, id, text) {
  send(`${kind} ${id} ${Buffer.byteLength(text)}\n${text}`);
}

function send(text) {
  const bytes = Buffer.from(text);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(descriptor, bytes, sent);
}
